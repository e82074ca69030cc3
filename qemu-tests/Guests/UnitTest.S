// A test in the manner of kvm-unit-tests: one check that holds everywhere, one that no guest of Nestor passes (FEAT_NMI is hidden),
// and a pause for a migration.
        .include "Payload.inc"
        .equ    FR_RXFE, 1 << 4
        .globl  _start
_start: line    "PASS: runs: instruction 1"
        mrs     x3, ID_AA64PFR1_EL1
        ubfx    x3, x3, #36, #4
        cbz     x3, 1f
        line    "PASS: runs: has FEAT_NMI"
        b       2f
1:      line    "FAIL: runs: has FEAT_NMI"
2:      line    "Now migrate the VM, then press a key to continue..."
        mov     x1, #UART
3:      ldr     w2, [x1, #UART_FR]
        tst     w2, #FR_RXFE
        b.ne    3b
        ldr     w2, [x1, #UART_DR]
        line    "EXIT: STATUS=1"
        b       .
