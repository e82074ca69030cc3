// A guest hypervisor with a guest that never ends, for tests that look at both from outside: known registers, stage 1 and
// stage 2 tables with something missing in each, interrupts and timers that wait, and a chain of frames.
//
//   EL1's addresses                              its guest-physical        stage 2
//   0x40000000  block of 1 GiB                   0x40000000                blocks of 2 MiB, identity, up to 0x40800000
//   0x00001000  page (stage 1 levels 1, 2, 3)    0x40300000
//   0x00002000  nothing at stage 1, level 3
//   0x40900000  mapped at stage 1                0x40900000                nothing, level 2
        .include "Payload.inc"

        .equ    BLOCK, 0x40000711               // stage 1: 1 GiB, EL1 read and write, normal memory, accessed
        .equ    PAGE, 0x40300713
        .equ    STAGE2_BLOCK, 0x7fd             // normal memory, read and write, inner shareable, accessed

        .globl  _start
_start: adr     x9, tables
        add     x10, x9, #0x1000                // stage 1: level 1 at x9, 2 at x10, 3 at x11
        add     x11, x9, #0x2000
        add     x12, x9, #0x3000                // stage 2: level 1 at x12, 2 at x13
        add     x13, x9, #0x4000
        orr     x0, x10, #3
        str     x0, [x9]
        mov     x0, #BLOCK & 0xffff
        movk    x0, #BLOCK >> 16, lsl #16
        str     x0, [x9, #8]
        orr     x0, x11, #3
        str     x0, [x10]
        mov     x0, #PAGE & 0xffff
        movk    x0, #PAGE >> 16, lsl #16
        str     x0, [x11, #8]
        orr     x0, x13, #3
        str     x0, [x12, #8]
        mov     x0, #STAGE2_BLOCK
        movk    x0, #0x4000, lsl #16
        mov     x1, #4
1:      str     x0, [x13], #8
        add     x0, x0, #0x200000
        subs    x1, x1, #1
        b.ne    1b

        mov     x0, #0x00ff
        msr     mair_el1, x0
        mov     x0, #(64 - 39)                  // TCR_EL1: 39 bits below, nothing above, 40 bits out
        movk    x0, #0x0080, lsl #16
        movk    x0, #2, lsl #32
        msr     tcr_el1, x0
        msr     ttbr0_el1, x9
        mov     x0, #0x3520                     // VTCR_EL2: 32 bits in, 40 out, start at level 1
        movk    x0, #0x8002, lsl #16
        mov     x1, #0x3560
        orr     x0, x0, x1
        msr     vtcr_el2, x0
        movz    x0, #7, lsl #48                 // VMID 7
        orr     x0, x0, x12
        msr     vttbr_el2, x0
        movz    x0, #0x8000, lsl #16            // HCR_EL2: RW, VM
        orr     x0, x0, #1
        msr     hcr_el2, x0
        mov     x0, #0x0981                     // SCTLR_EL1: M
        movk    x0, #0x30d0, lsl #16
        msr     sctlr_el1, x0
        mov     x0, #0x1234
        movk    x0, #0xabcd, lsl #16
        msr     tpidr_el2, x0
        mov     x0, #0x0307
        movk    x0, #0x8000, lsl #16
        msr     vmpidr_el2, x0
        movz    x0, #0x0800, lsl #16            // SGI 1: enabled and pending, but the CPU interface keeps it
        mov     w1, #0x12
        str     w1, [x0]
        movz    x0, #0x080b, lsl #16
        mov     w1, #2
        str     w1, [x0, #0x80]
        str     w1, [x0, #0x100]
        str     w1, [x0, #0x200]
        movz    x0, #0x5000, lsl #48            // ICH_LR0_EL2: 42, pending, group 1; ICH_HCR_EL2.En is clear
        mov     x1, #42
        orr     x0, x0, x1
        msr     S3_4_C12_C12_0, x0
        mov     x0, #0x7fffffffffffffff         // a timer that is far off, and one that is masked
        msr     cntv_cval_el0, x0
        mov     x0, #1
        msr     cntv_ctl_el0, x0
        mov     x0, #3
        msr     cntp_ctl_el0, x0
        adr     x0, stack
        msr     sp_el1, x0
        adr     x0, el1
        msr     elr_el2, x0
        mov     x0, #0x3c5                      // EL1h, all masked
        msr     spsr_el2, x0
        dsb     sy
        isb
        line    "entering level 2"
        isb
leave:  eret

el1:    mov     x29, xzr
        mov     x30, xzr
        bl      outer
outer:  stp     x29, x30, [sp, #-16]!
        mov     x29, sp
        bl      inner
after_inner:
        b       .
inner:  stp     x29, x30, [sp, #-16]!
        mov     x29, sp
        adr     x20, counter
        mov     x21, #0x5678
        mov     x22, #0x1000
        str     x21, [x22]                      // the page, by its low address
3:      ldr     x19, [x20]
        add     x19, x19, #1
        str     x19, [x20]
        b       3b

        .balign 8
counter:
        .quad   0
text:   .asciz  "needle in guest memory"
        .balign 16
        .skip   256
stack:
        .balign 4096
tables: .skip   5 * 4096
