<?php

declare(strict_types=1);

namespace Kessai\Client;

use RuntimeException;

/**
 * Why a message was refused: nothing in it may be believed.
 *
 * The reason is INCOMPLETE (a header is missing, or the body is no event), FORGED
 * (no signature of it is of a secret of ours), STALE (too old, or of the future)
 * or REPEATED (dealt with before: answer it with 200 all the same, so that it is
 * not sent again).
 */
final class WebhookRefused extends RuntimeException
{
    public function __construct(public readonly string $reason)
    {
        parent::__construct('kessai: webhook refused: ' . $reason);
    }
}
