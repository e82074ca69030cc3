// The smallest payload: says two TAP lines and powers off.
        .include "Payload.inc"
        .globl  _start
_start: line    "TAP version 13"
        line    "1..2"
        line    "ok 1 - the first instruction runs"
        mrs     x3, CurrentEL
        cmp     x3, #(2 << 2)
        b.ne    1f
        line    "ok 2 - at EL2"
        psci    PSCI_SYSTEM_OFF
1:      line    "not ok 2 - at EL2"
        psci    PSCI_SYSTEM_OFF
