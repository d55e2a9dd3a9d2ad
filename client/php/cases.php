<?php

// Makes the steps of ../cases/cases.json over Connect; see ../cases/doc.go.

declare(strict_types=1);

use Kessai\Client\ConnectClient;
use Kessai\Client\Failure;

spl_autoload_register(static function (string $class): void {
    require __DIR__ . '/src/' . str_replace('Kessai\\Client\\', '', $class) . '.php';
});

$steps = json_decode((string) file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR);
$saved = ['${run}' => (string) getenv('KESSAI_RUN')];
foreach ($steps as $step) {
    $filled = json_decode(strtr(json_encode($step, JSON_UNESCAPED_SLASHES), $saved), true, flags: JSON_THROW_ON_ERROR);
    $result = make($filled);
    foreach ($step['save'] ?? [] as $name => $path) {
        $value = $result['answer'] ?? [];
        foreach (explode('.', $path) as $key) {
            $value = $value[$key] ?? '';
        }
        $saved['${' . $name . '}'] = $value;
    }
    echo json_encode(['name' => $step['name']] + $result, JSON_THROW_ON_ERROR), "\n";
}

/**
 * @param array<string, mixed> $step
 * @return array<string, mixed>
 */
function make(array $step): array
{
    $service = $step['service'] ?? 'kessai.payment.v1.PaymentService';
    $kessai = new ConnectClient((string) getenv('KESSAI_URL'), $step['bearer'] ?? (string) getenv('KESSAI_KEY'), 30.0, $service);
    try {
        $answer = $kessai->call($step['method'], $step['request'], $step['key'] ?? null);

        return ['replayed' => $kessai->replayed, 'answer' => $answer];
    } catch (Failure $failure) {
        return ['error' => [
            'code' => $failure->canonical,
            'reason' => $failure->reason,
            'messageJa' => $failure->messageJa,
            'violations' => array_keys($failure->violations),
        ]];
    }
}
