// Says one line and then nothing for ever: only a deadline ends it.
        .include "Payload.inc"
        .globl  _start
_start: line    "hanging"
1:      wfi
        b       1b
