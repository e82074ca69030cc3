// A kernel at EL1 and its program: of the machine when it is started at EL1, else of a guest hypervisor.
        .include "Payload.inc"
        .include "User.inc"

        .globl  _start
_start: mrs     x0, CurrentEL
        cmp     x0, #(1 << 2)
        b.eq    kernel
        movz    x0, #0x8000, lsl #16            // HCR_EL2: RW
        msr     hcr_el2, x0
        mov     x0, #0x0980                     // SCTLR_EL1: off
        movk    x0, #0x30d0, lsl #16
        msr     sctlr_el1, x0
        adr     x0, kernel
        msr     elr_el2, x0
        mov     x0, #0x3c5                      // EL1h, all masked
        msr     spsr_el2, x0
        isb
        eret

kernel: kernel_and_program
