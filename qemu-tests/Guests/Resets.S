// Asks for a reset instead of power-off.
        .include "Payload.inc"
        .globl  _start
_start: line    "resetting"
        psci    PSCI_SYSTEM_RESET
