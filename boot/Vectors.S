// Exception vectors. While a guest runs, SP_EL2 is its VirtualCpu, so a trap stores the general registers at once and
// takes the CPU's stack from the structure. Offsets: kernel/Vcpu/VirtualCpu.cs.

        .equ    VCPU_PC,         256
        .equ    VCPU_HOST_STACK, 272

        .macro  pairs instruction               // x2 to x29 at their places from sp
        \instruction x2, x3, [sp, #16]
        \instruction x4, x5, [sp, #32]
        \instruction x6, x7, [sp, #48]
        \instruction x8, x9, [sp, #64]
        \instruction x10, x11, [sp, #80]
        \instruction x12, x13, [sp, #96]
        \instruction x14, x15, [sp, #112]
        \instruction x16, x17, [sp, #128]
        \instruction x18, x19, [sp, #144]
        \instruction x20, x21, [sp, #160]
        \instruction x22, x23, [sp, #176]
        \instruction x24, x25, [sp, #192]
        \instruction x26, x27, [sp, #208]
        \instruction x28, x29, [sp, #224]
        .endm

        .macro  from_guest handler
        .balign 128
        stp     x0, x1, [sp, #0]
        pairs   stp
        str     x30, [sp, #240]
        adr     x30, resume
        mrs     x1, esr_el2
        mrs     x2, elr_el2
        mrs     x3, spsr_el2
        mrs     x4, cntpct_el0                  // x0 to x4: the arguments in kernel/Traps/TrapDispatcher.cs
        stp     x2, x3, [sp, #VCPU_PC]
        mov     x0, sp
        ldr     x5, [sp, #VCPU_HOST_STACK]
        mov     sp, x5
        mov     x29, xzr
        b       \handler
        .endm

        .macro  from_nestor kind
        .balign 128
        msr     tpidrro_el0, x0                 // a guest's registers no longer matter
        mov     x0, #\kind
        b       broken
        .endm

        .section .text.vectors, "ax"
        .balign 2048
        .global vectors
vectors:
        from_nestor 0
        from_nestor 1
        from_nestor 2
        from_nestor 3
        from_nestor 4
        from_nestor 5
        from_nestor 6
        from_nestor 7
        from_guest  nestor_trap
        from_guest  nestor_interrupt
        from_guest  nestor_interrupt
        from_guest  nestor_system_error
        from_guest  nestor_trap
        from_guest  nestor_interrupt
        from_guest  nestor_interrupt
        from_guest  nestor_system_error

// Back to the guest in x0, which need not be the one that came.
        .balign 64
        .global nestor_enter_guest
nestor_enter_guest:
resume:
        mov     sp, x0
        ldp     x2, x3, [sp, #VCPU_PC]
        msr     elr_el2, x2
        msr     spsr_el2, x3
        ldp     x0, x1, [sp, #0]
        pairs   ldp
        ldr     x30, [sp, #240]
        eret

// An exception taken from Nestor itself is a bug: everything is laid out on the CPU's panic stack, as PanicFrame.
broken:
        msr     tpidr_el1, x1
        mov     x1, sp
        msr     sp_el0, x1
        mrs     x1, tpidr_el2
        cbz     x1, 1f
        ldr     x1, [x1, #8]                    // PerCpu.PanicStack
        b       2f
1:      ldr     x1, =boot_panic_stack_top
2:      mov     sp, x1
        sub     sp, sp, #288
        pairs   stp
        mrs     x1, sp_el0
        stp     x30, x1, [sp, #240]
        mrs     x1, elr_el2
        mrs     x2, spsr_el2
        stp     x1, x2, [sp, #256]
        mrs     x1, esr_el2
        mrs     x2, far_el2
        stp     x1, x2, [sp, #272]
        mrs     x1, tpidrro_el0
        mrs     x2, tpidr_el1
        stp     x1, x2, [sp, #0]
        mov     x1, x0
        mov     x0, sp
        bl      nestor_broken
        b       halt
