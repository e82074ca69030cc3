// The guest of the guest hypervisor: a program at EL1 that owns nothing but its memory, so that it speaks through
// hypercalls. Linked at the guest-physical address where it runs; numbers of the calls: Hypercall.cs.

        .equ    SAY,         1                  // x0: text
        .equ    SAY_DECIMAL, 2                  // x0: text, x1: number behind it
        .equ    SAY_HEX,     3
        .equ    START_CLOCK, 4
        .equ    NOTHING,     5
        .equ    STOP_CLOCK,  6                  // x0: how many calls there were
        .equ    END,         7
        .equ    INTERRUPT,   8                  // x0: how many
        .equ    FAIL,        9

        .equ    CALLS,       1000
        .equ    UNMAPPED,    0x40500000         // behind the memory that it was given
        .equ    TOKEN,       0x4e57
        .equ    INTERRUPTS,  8

        .macro  tell call, text
        adr     x0, \text
        hvc     #\call
        .endm

        .section .guest, "ax"
guest_start:
        mrs     x1, CurrentEL
        lsr     x1, x1, #2
        tell    SAY_DECIMAL, hello
        adr     x1, guest_start
        tell    SAY_HEX, place
        mrs     x1, MPIDR_EL1
        tell    SAY_HEX, affinity

        mov     x1, #0                          // Fibonacci numbers: F(0), F(1)
        mov     x2, #1
        mov     x3, #90
1:      add     x4, x1, x2
        mov     x1, x2
        mov     x2, x4
        subs    x3, x3, #1
        b.ne    1b
        tell    SAY_DECIMAL, fibonacci

        mov     x5, #UNMAPPED
        mov     x6, #TOKEN
        str     x6, [x5]                        // the guest hypervisor has to map it first
        ldr     x1, [x5]
        tell    SAY_HEX, mapped

        mov     x3, #CALLS
        hvc     #START_CLOCK
2:      hvc     #NOTHING
        subs    x3, x3, #1
        b.ne    2b
        mov     x0, #CALLS
        hvc     #STOP_CLOCK

        adr     x0, vectors
        msr     VBAR_EL1, x0
        mov     x0, #0xff
        msr     ICC_PMR_EL1, x0
        mov     x0, #1
        msr     ICC_IGRPEN1_EL1, x0
        isb
        mov     x20, #0                         // counted where they are taken
        mov     x0, #INTERRUPTS
        hvc     #INTERRUPT
3:      msr     DAIFSet, #2                     // what comes now ends the WFI and is taken behind it
        cmp     x20, #INTERRUPTS
        b.hs    4f
        wfi
        msr     DAIFClr, #2
        isb
        b       3b
4:      mov     x1, x20
        tell    SAY_DECIMAL, interrupted

        tell    SAY, goodbye
        hvc     #END
        b       .

        .balign 2048
vectors:
        .rept   5
        hvc     #FAIL
        .balign 128
        .endr
        mrs     x9, ICC_IAR1_EL1                // current level, IRQ
        add     x20, x20, #1
        msr     ICC_EOIR1_EL1, x9
        isb
        eret
        .balign 128
        .rept   10
        hvc     #FAIL
        .balign 128
        .endr

hello:      .asciz "hello from the guest; CurrentEL says EL"
place:      .asciz "my program starts at "
affinity:   .asciz "my MPIDR_EL1 is "
fibonacci:  .asciz "the 90th Fibonacci number is "
mapped:     .asciz "the store went through, and reads back as "
interrupted: .asciz "interrupts that I have taken and ended: "
goodbye:    .asciz "goodbye"
