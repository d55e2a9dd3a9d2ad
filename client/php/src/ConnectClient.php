<?php

declare(strict_types=1);

namespace Kessai\Client;

use InvalidArgumentException;
use SensitiveParameter;
use SensitiveParameterValue;

/**
 * Calls kessai with curl, as Connect's JSON: no extension but curl is needed.
 *
 * A call that moves money needs an idempotency key. A call that got no answer
 * (Failure with an empty reason) is made again with the same key: it never
 * charges twice. This class does not do that by itself.
 *
 *     $kessai = new ConnectClient('http://127.0.0.1:8080', 'sk_test_demo');
 *     $answer = $kessai->call('CreatePayment',
 *         ['amount' => 5080, 'orderNumber' => '1396', 'cardToken' => $token], 'checkout-1396');
 *     $answer['payment']['state'] === 'STATE_AUTHORIZED';
 */
final class ConnectClient
{
    /** Whether the last answer was there before: the key had been seen. */
    public bool $replayed = false;

    /** The key, wrapped so that var_dump and logs do not show it. */
    private readonly SensitiveParameterValue $key;

    /**
     * @param string $baseUrl address of --listen; https outside the loopback
     * @param string $key sk_test_… or sk_live_…
     * @param float $timeout seconds for one call; kessai answers within 10
     */
    public function __construct(
        private readonly string $baseUrl,
        #[SensitiveParameter] string $key,
        private readonly float $timeout = 15.0,
        private readonly string $service = 'kessai.payment.v1.PaymentService',
    ) {
        if (preg_match('/^[!-~]+$/D', $key) !== 1) {
            throw new InvalidArgumentException('kessai: the key is empty or has a character that no key has');
        }
        $host = parse_url($baseUrl, PHP_URL_HOST);
        $local = $host === 'localhost' || $host === '[::1]' || preg_match('/^127(\.\d+){3}$/D', (string) $host) === 1;
        if (parse_url($baseUrl, PHP_URL_SCHEME) !== 'https' && !$local) {
            throw new InvalidArgumentException('kessai: outside the loopback the address must be https');
        }
        $this->key = new SensitiveParameterValue($key);
    }

    /**
     * Makes one call and gives its answer.
     *
     * @param string $method such as "CreatePayment"
     * @param array<string, mixed> $request the message as protobuf's JSON
     * @return array<string, mixed>
     * @throws Failure
     */
    public function call(string $method, array $request, ?string $idempotencyKey = null): array
    {
        $headers = ['Authorization: Bearer ' . $this->key->getValue(), 'Content-Type: application/json', 'Connect-Protocol-Version: 1', 'Expect:'];
        if ($idempotencyKey !== null) {
            if (preg_match('/^[!-~]+( +[!-~]+)*$/D', $idempotencyKey) !== 1) {
                throw new InvalidArgumentException('kessai: send a key that is not ASCII as requestId');
            }
            $headers[] = 'Idempotency-Key: ' . $idempotencyKey;
        }
        $this->replayed = $replayed = false;
        $curl = curl_init(rtrim($this->baseUrl, '/') . '/' . $this->service . '/' . rawurlencode($method));
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => json_encode((object) $request, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE),
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_USERAGENT => 'kessai-php',
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2,
            CURLOPT_TIMEOUT_MS => (int) ($this->timeout * 1000),
            CURLOPT_HEADERFUNCTION => static function ($_, string $line) use (&$replayed): int {
                $replayed = $replayed || strcasecmp(trim($line), 'Idempotency-Replayed: true') === 0;
                return strlen($line);
            },
        ]);
        $body = curl_exec($curl);
        if ($body === false) {
            throw Failure::withoutAnswer(curl_errno($curl), curl_error($curl));
        }
        $answer = json_decode((string) $body, true);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status !== 200 || !is_array($answer)) {
            throw Failure::fromAnswer($status, is_array($answer) ? $answer : []);
        }
        $this->replayed = $replayed;

        return $answer;
    }
}
