<?php

declare(strict_types=1);

namespace Kessai\Client;

use Closure;
use SensitiveParameter;
use SensitiveParameterValue;

/**
 * Verifies the messages that kessai sends to an endpoint of the shop, by the
 * Standard Webhooks scheme.
 *
 *     $webhook = new Webhook([$secret], seen: fn (string $id) => $shop->hasSeen($id));
 *     $event = $webhook->verify(getallheaders(), file_get_contents('php://input'));
 *     $event['type'] === 'payment.captured';
 */
final class Webhook
{
    /** The secrets, wrapped so that var_dump and logs do not show them. */
    private readonly SensitiveParameterValue $secrets;

    /** @var Closure(string): bool */
    private readonly Closure $seen;

    /**
     * @param list<string> $secrets of the endpoint, whsec_…: during a rotation the old and the new one
     * @param int $tolerance how many seconds old, or ahead, a message may be
     * @param null|Closure(string): bool $seen whether a message with an id was dealt with before
     */
    public function __construct(#[SensitiveParameter] array $secrets, private readonly int $tolerance = 300, ?Closure $seen = null)
    {
        $this->secrets = new SensitiveParameterValue($secrets);
        $this->seen = $seen ?? static fn (string $id): bool => false;
    }

    /**
     * Gives the event of a message.
     *
     * @param array<string, string> $headers
     * @param string $body as it came, byte for byte
     * @return array<string, mixed> the event as protobuf's JSON
     * @throws WebhookRefused
     */
    public function verify(array $headers, string $body, ?int $now = null): array
    {
        $headers = array_change_key_case($headers);
        $id = $headers['webhook-id'] ?? '';
        $sent = $headers['webhook-timestamp'] ?? '';
        if ($id === '' || preg_match('/^\d{1,18}$/D', $sent) !== 1) {
            throw new WebhookRefused('INCOMPLETE');
        }
        if (!$this->signed("$id.$sent.$body", $headers['webhook-signature'] ?? '')) {
            throw new WebhookRefused('FORGED');
        }
        if (abs(($now ?? time()) - (int) $sent) > $this->tolerance) {
            throw new WebhookRefused('STALE');
        }
        $event = json_decode($body, true);
        if (!is_array($event) || !is_string($event['type'] ?? null)) {
            throw new WebhookRefused('INCOMPLETE');
        }
        if (($this->seen)($id)) {
            throw new WebhookRefused('REPEATED');
        }
        return $event;
    }

    private function signed(string $content, string $signatures): bool
    {
        $ok = false;
        foreach ($this->secrets->getValue() as $secret) {
            $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
            if ($key === false || $key === '') {
                continue;
            }
            $want = 'v1,' . base64_encode(hash_hmac('sha256', $content, $key, true));
            foreach (explode(' ', $signatures) as $given) {
                $ok = hash_equals($want, $given) || $ok;
            }
        }
        return $ok;
    }
}
