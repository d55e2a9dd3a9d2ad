<?php

declare(strict_types=1);

namespace Kessai\Client;

/**
 * The fields of one protobuf message, as far as google.rpc's error details need
 * them: numbers and what has a length. What is cut off or of another kind ends
 * the reading.
 */
final class Wire
{
    /** @var array<int, list<int|string>> */
    private array $fields = [];

    public function __construct(string $bytes)
    {
        $at = 0;
        while ($at < strlen($bytes)) {
            $tag = self::varint($bytes, $at);
            $value = self::varint($bytes, $at);
            if ($tag === null || $value === null || !in_array($tag & 7, [0, 2], true)) {
                return;
            }
            if (($tag & 7) === 2) {
                if ($value < 0 || $value > strlen($bytes) - $at) {
                    return;
                }
                $at += $value;
                $value = substr($bytes, $at - $value, $value);
            }
            $this->fields[$tag >> 3][] = $value;
        }
    }

    /** @return list<int|string> */
    public function all(int $field): array
    {
        return $this->fields[$field] ?? [];
    }

    public function text(int $field): string
    {
        $value = $this->fields[$field][0] ?? '';

        return is_string($value) ? $value : '';
    }

    public function number(int $field): int
    {
        $value = $this->fields[$field][0] ?? 0;

        return is_int($value) ? $value : 0;
    }

    private static function varint(string $bytes, int &$at): ?int
    {
        $value = 0;
        for ($shift = 0; $shift < 64 && $at < strlen($bytes); $shift += 7) {
            $byte = ord($bytes[$at++]);
            $value |= ($byte & 0x7F) << $shift;
            if ($byte < 0x80) {
                return $value;
            }
        }

        return null;
    }
}
