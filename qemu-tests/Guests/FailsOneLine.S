// A complete report in which one line says "not ok".
        .include "Payload.inc"
        .globl  _start
_start: line    "TAP version 13"
        line    "ok 1 - this works"
        line    "# the next one does not"
        line    "not ok 2 - this does not"
        line    "1..2"
        psci    PSCI_SYSTEM_OFF
