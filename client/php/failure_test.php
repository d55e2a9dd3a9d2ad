<?php

// Proves that Failure reads every error detail, and stands whatever bytes come.
// Prints a line for each thing that is wrong and then exits with 1.

declare(strict_types=1);

use Kessai\Client\ConnectClient;
use Kessai\Client\Failure;
use Kessai\Client\Wire;

spl_autoload_register(static function (string $class): void {
    require __DIR__ . '/src/' . str_replace('Kessai\\Client\\', '', $class) . '.php';
});

$wrong = 0;
$same = static function (string $what, mixed $got, mixed $want) use (&$wrong): void {
    if ($got !== $want) {
        $wrong++;
        echo "$what is ", var_export($got, true), ', want ', var_export($want, true), "\n";
    }
};

// Details as a protobuf runtime encodes them; Connect leaves the padding out.
$failure = Failure::fromAnswer(409, ['code' => 'aborted', 'message' => 'wait', 'details' => [
    ['type' => 'google.rpc.ErrorInfo', 'value' => 'ChFPUEVSQVRJT05fUEVORElORxIGa2Vzc2FpGhEKB2FsbG93ZWQSBmNhbmNlbBoVCgdwYXltZW50EgpwYXltZW50cy94'],
    ['type' => 'google.rpc.ErrorInfo', 'value' => 'CgVPVEhFUhIFcHJveHk'], // of another domain
    ['type' => 'google.rpc.LocalizedMessage', 'value' => 'CgJqYRIV44GK5b6F44Gh44GP44Gg44GV44GE'],
    ['type' => 'google.rpc.RetryInfo', 'value' => 'CgkIrAIQgMq17gE'],
    ['type' => 'google.rpc.BadRequest', 'value' => 'ChAKBmFtb3VudBIG6YeR6aGN'],
    ['type' => 'google.rpc.Help', 'value' => '???'],
    [],
]]);
$same('code', $failure->canonical, 'ABORTED');
$same('reason', $failure->reason, 'OPERATION_PENDING');
$same('metadata', $failure->metadata, ['allowed' => 'cancel', 'payment' => 'payments/x']);
$same('message', $failure->getMessage(), 'wait');
$same('messageJa', $failure->messageJa, 'お待ちください');
$same('retryAfter', $failure->retryAfter, 300.5);
$same('violations', $failure->violations, ['amount' => '金額']);

// An answer that is not kessai's.
$same('proxy', Failure::fromAnswer(502, [])->canonical, 'UNAVAILABLE');
$same('proxy', Failure::fromAnswer(502, [])->reason, '');

// No bytes are too strange.
$seed = random_int(0, PHP_INT_MAX);
mt_srand($seed);
for ($i = 0; $i < 20000; $i++) {
    $bytes = '';
    for ($length = mt_rand(0, 24); $length > 0; $length--) {
        $bytes .= chr(mt_rand(0, 255));
    }
    try {
        (new Wire($bytes))->text(1);
    } catch (Throwable $error) {
        $same("bytes of seed $seed: " . bin2hex($bytes), $error->getMessage(), '');
    }
}

// The key is not shown, and goes nowhere unencrypted.
$kessai = new ConnectClient('http://127.0.0.1:1', 'sk_test_canary4711');
ob_start();
var_dump($kessai);
print_r($kessai);
var_export((array) $kessai);
$same('key in dump', str_contains((string) ob_get_clean(), 'canary4711'), false);
foreach ([['http://pay.example.jp', 'sk_test_x'], ['http://127.0.0.1.example.jp', 'sk_test_x'], ['http://127.0.0.1', "sk_test_x\n"], ['http://127.0.0.1', '']] as [$url, $key]) {
    try {
        new ConnectClient($url, $key);
        $same("$url with " . json_encode($key), 'taken', 'refused');
    } catch (InvalidArgumentException) {
    }
}

exit($wrong > 0 ? 1 : 0);
