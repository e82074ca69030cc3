// Two CPUs with a VMID each.
        .equ    SECOND, 6
        .include "Vmids.inc"
