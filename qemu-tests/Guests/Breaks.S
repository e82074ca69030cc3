// Says what no console may say, then what a panic would go on with, then hangs.
        .include "Payload.inc"
        .globl  _start
_start: line    "all is well"
        line    "[    0.5] Kernel panic - not syncing: made up"
        line    "the registers that follow"
1:      wfi
        b       1b
