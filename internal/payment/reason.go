package payment

// Reason says why, in one word of the API: why the provider declined or
// refused, why something was not sent, why we refuse to ask. Reasons are part
// of the promise: they are added to, never changed.
type Reason string

// Why an authorization was declined. A hard decline will not change by trying
// the same card again (P90).
const (
	CardDeclined           Reason = "CARD_DECLINED"            // the issuer refuses and does not say why
	CardLimitExceeded      Reason = "CARD_LIMIT_EXCEEDED"      // over the card's limit or balance
	CardExpired            Reason = "CARD_EXPIRED"             // the expiry is past or wrong
	CardInvalid            Reason = "CARD_INVALID"             // no such card, or it is blocked
	CardNotAccepted        Reason = "CARD_NOT_ACCEPTED"        // brand or card type outside the contract
	SecurityCodeWrong      Reason = "SECURITY_CODE_WRONG"      // the security code does not fit
	InstallmentsNotAllowed Reason = "INSTALLMENTS_NOT_ALLOWED" // this card may not use the payment count
	TokenInvalid           Reason = "TOKEN_INVALID"            // the card token is expired, used or unknown
	AuthenticationFailed   Reason = "AUTHENTICATION_FAILED"    // 3-D Secure failed or was called off
	AuthenticationSkipped  Reason = "AUTHENTICATION_SKIPPED"   // a demanded 3-D Secure was not done
	ResultLost             Reason = "RESULT_LOST"              // the answer never came, and the provider has no hold
	VaultFull              Reason = "VAULT_FULL"               // three cards are kept already, or this one is
	AmountNotAllowed       Reason = "AMOUNT_NOT_ALLOWED"       // over the contract's limit at the provider
	ProviderRefused        Reason = "PROVIDER_REFUSED"         // the provider refuses for another reason; see the code
	DuplicateAtProvider    Reason = "DUPLICATE_AT_PROVIDER"    // the acceptance number is taken and the trade is not ours
	ProviderMisconfigured  Reason = "PROVIDER_MISCONFIGURED"   // merchant code, contract or caller address (P92)
	ProviderUnreachable    Reason = "PROVIDER_UNREACHABLE"     // no connection: nothing was sent
	ProviderBusy           Reason = "PROVIDER_BUSY"            // too many at once, or maintenance: nothing was done (P93)
	InvalidRequest         Reason = "INVALID_REQUEST"          // a field the provider does not take
	OutsideServiceHours    Reason = "OUTSIDE_SERVICE_HOURS"    // 23:00 to 01:00 Japan time (P37)
	TooLate                Reason = "TOO_LATE"                 // settled at the card company already
	NotAllowedByContract   Reason = "NOT_ALLOWED_BY_CONTRACT"  // the contract has no such option
	Bundled                Reason = "BUNDLED"                  // shipped with other orders on one slip (P38)
	WrongState             Reason = "WRONG_STATE"              // the verb does not fit the state
	OperationPending       Reason = "OPERATION_PENDING"        // an earlier call has no answer yet
	OperationScheduled     Reason = "OPERATION_SCHEDULED"      // a deferred operation waits (P37)
	NeedsAttention         Reason = "NEEDS_ATTENTION"          // an operator must look first
	HoldLapsed             Reason = "HOLD_LAPSED"              // the hold has expired: reauthorize (P31)
	CaptureConditions      Reason = "CAPTURE_CONDITIONS"       // a Yamato order is captured by its slip (R27)
	AmountInvalid          Reason = "AMOUNT_INVALID"           // not 1 yen to the limit (P03)
	EtagMismatch           Reason = "ETAG_MISMATCH"            // the payment changed since it was read (P36)
	AttemptsExhausted      Reason = "ATTEMPTS_EXHAUSTED"       // no further card may be tried (P90)
	OrderNumberTaken       Reason = "ORDER_NUMBER_TAKEN"       // another payment holds, took or may hold money for the order (P09)
	Superseded             Reason = "SUPERSEDED"               // a newer payment for the same order took its place
	CanceledByShop         Reason = "CANCELED_BY_SHOP"         // the shop asked for it
	CanceledAtProvider     Reason = "CANCELED_AT_PROVIDER"     // found canceled by an inquiry
	LateHold               Reason = "LATE_HOLD"                // a hold turned up on an attempt that lost; it is released
	ChallengeTimeout       Reason = "CHALLENGE_TIMEOUT"        // the shopper never came back from 3-D Secure
	CheckoutTimeout        Reason = "CHECKOUT_TIMEOUT"         // no card was given in time
	AmountChangeHalfDone   Reason = "AMOUNT_CHANGE_HALF_DONE"  // the new hold stands and the old may remain (P22)
	ProviderDiffers        Reason = "PROVIDER_DIFFERS"         // an inquiry shows something we did not do (R42)
	AmountUnchanged        Reason = "AMOUNT_UNCHANGED"         // the amount is that already (P40)
	CardRegistered         Reason = "CARD_REGISTERED"          // the hold only registered a card; it is released
	CardInUse              Reason = "CARD_IN_USE"              // payments that are not over need the card (P56)
)
