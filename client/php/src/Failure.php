<?php

declare(strict_types=1);

namespace Kessai\Client;

/** What kessai says in an error, or that no answer came. */
final class Failure extends \RuntimeException
{
    /**
     * @param string $canonical canonical code, such as "INVALID_ARGUMENT"
     * @param string $reason kessai's one word; empty: the error is the
     *     connection's or a proxy's, and the call may have been carried out
     * @param array<string, string> $violations field to what is wrong with it
     * @param ?float $retryAfter seconds to wait before asking again
     * @param array<string, string> $metadata
     */
    private function __construct(
        public readonly string $canonical,
        string $message,
        public readonly string $reason = '',
        public readonly string $messageJa = '',
        public readonly array $violations = [],
        public readonly ?float $retryAfter = null,
        public readonly array $metadata = [],
    ) {
        parent::__construct($message);
    }

    public static function withoutAnswer(int $number, string $text): self
    {
        $code = $number === CURLE_OPERATION_TIMEDOUT ? 'DEADLINE_EXCEEDED' : 'UNAVAILABLE';

        return new self($code, $text);
    }

    /** @param array<string, mixed> $answer an error as Connect's JSON */
    public static function fromAnswer(int $status, array $answer): self
    {
        $found = ['reason' => '', 'messageJa' => '', 'violations' => [], 'retryAfter' => null, 'metadata' => []];
        foreach ((array) ($answer['details'] ?? []) as $detail) {
            $message = new Wire((string) base64_decode((string) ($detail['value'] ?? '')));
            $found = match ($detail['type'] ?? '') {
                'google.rpc.ErrorInfo' => self::info($message, $found),
                'google.rpc.LocalizedMessage' => str_starts_with($message->text(1), 'ja')
                    ? ['messageJa' => $message->text(2)] + $found : $found,
                'google.rpc.RetryInfo' => ['retryAfter' => self::seconds($message)] + $found,
                'google.rpc.BadRequest' => ['violations' => self::pairs($message, 1)] + $found,
                default => $found,
            };
        }
        $code = is_string($answer['code'] ?? null) ? strtoupper($answer['code']) : self::ofStatus($status);

        return new self($code, (string) ($answer['message'] ?? "HTTP $status"), ...$found);
    }

    /**
     * @param array<string, mixed> $found
     * @return array<string, mixed>
     */
    private static function info(Wire $message, array $found): array
    {
        return $message->text(2) === 'kessai'
            ? ['reason' => $message->text(1), 'metadata' => self::pairs($message, 3)] + $found
            : $found;
    }

    private static function seconds(Wire $message): float
    {
        $delay = new Wire($message->text(1));

        return $delay->number(1) + $delay->number(2) / 1e9;
    }

    /** @return array<string, string> */
    private static function pairs(Wire $message, int $field): array
    {
        $pairs = [];
        foreach ($message->all($field) as $entry) {
            $pair = new Wire((string) $entry);
            $pairs[$pair->text(1)] = $pair->text(2);
        }

        return $pairs;
    }

    /** The code that Connect gives an answer that is not Connect's. */
    private static function ofStatus(int $status): string
    {
        return match ($status) {
            400 => 'INTERNAL',
            401 => 'UNAUTHENTICATED',
            403 => 'PERMISSION_DENIED',
            404 => 'UNIMPLEMENTED',
            429, 502, 503, 504 => 'UNAVAILABLE',
            default => 'UNKNOWN',
        };
    }
}
