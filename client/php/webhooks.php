<?php

// Verifies the messages of ../cases/webhooks.json; see ../cases/doc.go.

declare(strict_types=1);

use Kessai\Client\Webhook;
use Kessai\Client\WebhookRefused;

spl_autoload_register(static function (string $class): void {
    require __DIR__ . '/src/' . str_replace('Kessai\\Client\\', '', $class) . '.php';
});

foreach (json_decode((string) file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR) as $case) {
    $webhook = new Webhook($case['secrets'], seen: static fn (string $id): bool => in_array($id, $case['seen'], true));
    try {
        $event = $webhook->verify($case['headers'], $case['body'], $case['now']);
        $result = $event['type'] . ' ' . $event['sequence'];
    } catch (WebhookRefused $refused) {
        $result = $refused->reason;
    }
    echo json_encode(['name' => $case['name'], 'result' => $result], JSON_THROW_ON_ERROR), "\n";
}
