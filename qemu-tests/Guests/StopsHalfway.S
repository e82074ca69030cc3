// Plans three tests, reports one and powers off: an incomplete report.
        .include "Payload.inc"
        .globl  _start
_start: line    "TAP version 13"
        line    "1..3"
        line    "ok 1 - the only one"
        psci    PSCI_SYSTEM_OFF
