// Two CPUs with one VMID.
        .equ    SECOND, 5
        .include "Vmids.inc"
