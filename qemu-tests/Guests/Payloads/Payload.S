// The test guest's only assembly: the boot header, the way out of C# into a piece of test code (an "excursion", see
// Support/Excursion.cs), and the vectors that bring every exception back as the end of the excursion.

        .equ    RUN_PC,      256                // offsets in Excursion
        .equ    RUN_PSTATE,  264
        .equ    RUN_ESR,     272
        .equ    RUN_FAR,     280
        .equ    RUN_HPFAR,   288
        .equ    RUN_VECTOR,  296
        .equ    RUN_STACK,   304

        .section .text.head, "ax"
        .global image_start
image_start:
        b       start                           // Linux arm64 image header
        .word   0
        .quad   0
        .quad   image_memory_size
        .quad   0x2
        .quad   0, 0, 0
        .ascii  "ARM\x64"
        .word   0

start:
        mrs     x20, cntpct_el0                 // how long it took to come here
        msr     daifset, #0xf
        mov     x19, x0                         // device tree
        ldr     x9, =bss_start
        ldr     x10, =bss_end
1:      stp     xzr, xzr, [x9], #16
        cmp     x9, x10
        b.lo    1b
        ldr     x9, =boot_stack_top
        mov     sp, x9
        bl      install_vectors
        mov     x29, xzr
        mov     x30, xzr
        mov     x0, x19
        mov     x1, x20
        bl      payload_start
        b       .

// A second CPU, from PSCI CPU_ON: x0 is the top of its stack.
        .global secondary_start
secondary_start:
        msr     daifset, #0xf
        mov     sp, x0
        bl      install_vectors
        mov     x29, xzr
        mov     x30, xzr
        bl      payload_secondary
        b       .

install_vectors:
        ldr     x9, =broken_vectors
        mrs     x10, CurrentEL
        cmp     x10, #(2 << 2)
        b.ne    1f
        msr     vbar_el2, x9
        isb
        ret
1:      msr     vbar_el1, x9
        isb
        ret

// run_elN(x0: Excursion): enters Pc with Pstate and the registers in the structure, and returns at the next exception
// to ELN with everything in the structure. SP_ELN is the structure meanwhile.
        .macro  run el
        .section .text.run_\el, "ax"
        .global run_\el
run_\el:
        stp     x29, x30, [sp, #-96]!
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        mov     x1, sp
        str     x1, [x0, #RUN_STACK]
        ldp     x2, x3, [x0, #RUN_PC]
        ldr     x4, =excursion_vectors_\el
        msr     vbar_\el, x4
        msr     elr_\el, x2
        msr     spsr_\el, x3
        isb
        mov     sp, x0
        ldp     x0, x1, [sp, #0]
        ldp     x2, x3, [sp, #16]
        ldp     x4, x5, [sp, #32]
        ldp     x6, x7, [sp, #48]
        ldp     x8, x9, [sp, #64]
        ldp     x10, x11, [sp, #80]
        ldp     x12, x13, [sp, #96]
        ldp     x14, x15, [sp, #112]
        ldp     x16, x17, [sp, #128]
        ldp     x18, x19, [sp, #144]
        ldp     x20, x21, [sp, #160]
        ldp     x22, x23, [sp, #176]
        ldp     x24, x25, [sp, #192]
        ldp     x26, x27, [sp, #208]
        ldp     x28, x29, [sp, #224]
        ldr     x30, [sp, #240]
        eret

leave_\el:
        str     x0, [sp, #RUN_VECTOR]
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        stp     x18, x19, [sp, #144]
        stp     x20, x21, [sp, #160]
        stp     x22, x23, [sp, #176]
        stp     x24, x25, [sp, #192]
        stp     x26, x27, [sp, #208]
        stp     x28, x29, [sp, #224]
        str     x30, [sp, #240]
        mrs     x2, elr_\el
        mrs     x3, spsr_\el
        stp     x2, x3, [sp, #RUN_PC]
        mrs     x2, esr_\el
        mrs     x3, far_\el
        stp     x2, x3, [sp, #RUN_ESR]
        .ifc    \el, el2
        mrs     x2, hpfar_el2
        str     x2, [sp, #RUN_HPFAR]
        .endif
        ldr     x4, =broken_vectors
        msr     vbar_\el, x4
        isb
        ldr     x1, [sp, #RUN_STACK]
        mov     sp, x1
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     x29, x30, [sp], #96
        ret

        .section .text.vectors_\el, "ax"
        .balign 2048
excursion_vectors_\el:
        .irp    offset, 0x000, 0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0x480, 0x500, 0x580, 0x600, 0x680, 0x700, 0x780
        .balign 128
        stp     x0, x1, [sp]
        mov     x0, #\offset
        b       leave_\el
        .endr
        .balign 2048
        .endm

        run     el2
        run     el1

// try_run(x0: code, x1: PSTATE, x2: where results go, x3: a value): enters the code with the last two in x15 and x17. An exception
// leaves its class + 1 in x12, and 0x80 with it if it came to EL2 from below, and goes on behind the instruction; SVC comes back.
        .section .text.try_run, "ax"
        .global try_run
try_run:
        stp     x29, x30, [sp, #-96]!
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        ldr     x4, =try_stack
        mov     x5, sp
        str     x5, [x4]
        ldr     x6, =try_vectors
        mov     x15, x2
        mov     x17, x3
        and     x14, x1, #0xc
        mrs     x16, CurrentEL                  // the level of C#
        cmp     x16, #(2 << 2)
        b.ne    1f
        msr     vbar_el2, x6
        msr     elr_el2, x0
        msr     spsr_el2, x1
        b       2f
1:      msr     vbar_el1, x6
        msr     elr_el1, x0
        msr     spsr_el1, x1
2:      isb
        eret

try_exception:
        mrs     x10, CurrentEL
        cmp     x10, #(2 << 2)
        b.ne    1f
        mrs     x12, esr_el2
        mrs     x13, elr_el2
        b       2f
1:      mrs     x12, esr_el1
        mrs     x13, elr_el1
2:      lsr     x12, x12, #26
        cmp     x12, #0x15                      // SVC
        b.eq    4f
        cmp     x12, #0x16                      // HVC, from below
        b.eq    5f
        add     x12, x12, #1
        add     x13, x13, #4
        cmp     x10, x14
        b.ne    3f
        br      x13
3:      cmp     x10, #(2 << 2)
        b.ne    6f
        orr     x12, x12, #0x80
        msr     elr_el2, x13
        eret
6:      msr     elr_el1, x13
        eret
4:      cmp     x10, x16
        b.eq    5f
        hvc     #0
5:      ldr     x6, =broken_vectors
        cmp     x16, #(2 << 2)
        b.ne    7f
        msr     vbar_el2, x6
        b       8f
7:      msr     vbar_el1, x6
8:      isb
        ldr     x4, =try_stack
        ldr     x5, [x4]
        mov     sp, x5
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     x29, x30, [sp], #96
        ret

        .section .text.try_vectors, "ax"
        .balign 2048
        .global try_vectors
try_vectors:
        .rept   16
        .balign 128
        b       try_exception
        .endr

        .section .bss.try_stack, "aw", @nobits
        .balign 8
try_stack:
        .space  8

// Vectors of a program at EL1 under test: each hands over to EL2 with its own number.
        .section .text.nested_vectors, "ax"
        .balign 2048
        .global nested_vectors
nested_vectors:
        .irp    number, 0x100, 0x101, 0x102, 0x103, 0x104, 0x105, 0x106, 0x107, 0x108, 0x109, 0x10a, 0x10b, 0x10c, 0x10d, 0x10e, 0x10f
        .balign 128
        hvc     #\number
        .endr

// An exception outside an excursion is a bug in the guest: say where and stop.
        .section .text.broken_vectors, "ax"
        .balign 2048
broken_vectors:
        .irp    offset, 0x000, 0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0x480, 0x500, 0x580, 0x600, 0x680, 0x700, 0x780
        .balign 128
        mov     x0, #\offset
        b       broken
        .endr
        .balign 128
broken: mrs     x4, CurrentEL
        cmp     x4, #(2 << 2)
        b.ne    1f
        mrs     x1, esr_el2
        mrs     x2, elr_el2
        mrs     x3, far_el2
        b       2f
1:      mrs     x1, esr_el1
        mrs     x2, elr_el1
        mrs     x3, far_el1
2:      ldr     x4, =panic_stack_top
        mov     sp, x4
        bl      payload_broken
        b       .

        .section .text.hypervisor_call, "ax"
        .global hypervisor_call                 // x0: PSCI function, x1 to x3: arguments
hypervisor_call:
        hvc     #0
        ret

// One CPU after the other runs where QEMU counts instructions: who spins must let the other have its turn.
        .section .text.leaf.yield_turn, "ax"
        .global yield_turn
yield_turn:
        yield
        ret

// A failed bounds check, overflow or cast, and what ilc's start-up for shared libraries names.
        .section .text.failed_check, "ax"
        .global nestor_failed_check, RhpReversePInvoke, RhpReversePInvokeReturn
nestor_failed_check:
RhpReversePInvoke:
RhpReversePInvokeReturn:
        brk     #0x4e
