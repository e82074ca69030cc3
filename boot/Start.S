// Reset: the Linux image header, the check that this is EL2, a stack, zeroed memory, and on to C#.

        .section .text.head, "ax"
        .global image_start
image_start:
        b       start                           // Linux arm64 image header (Documentation/arm64/booting)
        .word   0
        .quad   0                               // text_offset: the image wants to be at 2 MiB above the start of RAM
        .quad   image_memory_size
        .quad   0x2                             // little-endian, 4K pages, near the start of RAM
        .quad   0, 0, 0
        .ascii  "ARM\x64"
        .word   0

start:
        msr     daifset, #0xf
        mrs     x9, CurrentEL
        cmp     x9, #(2 << 2)
        b.ne    refuse_exception_level
        adr     x9, image_start
        ldr     x10, =image_start
        cmp     x9, x10
        b.ne    refuse_address

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
        bl      nestor_start
        b       halt

// A secondary CPU, from PSCI CPU_ON: x0 is its PerCpu structure, whose first word is its stack.
        .global secondary_start
secondary_start:
        msr     daifset, #0xf
        ldr     x9, [x0]
        mov     sp, x9
        bl      install_vectors
        mov     x29, xzr
        mov     x30, xzr
        bl      nestor_start_secondary
        b       halt

install_vectors:
        msr     tpidr_el2, xzr                  // no PerCpu yet, see Vectors.S
        ldr     x9, =vectors
        msr     vbar_el2, x9
        isb
        ret

// Neither a stack nor a device tree is to be trusted here: QEMU's virt has its UART at a fixed place.
refuse_exception_level:
        adr     x1, not_el2
        b       refuse
refuse_address:
        adr     x1, wrong_address
refuse:
        mov     x2, #0x09000000
1:      ldrb    w3, [x1], #1
        cbz     w3, 2f
        str     w3, [x2]
        b       1b
2:      movz    x0, #0x8400, lsl #16            // PSCI SYSTEM_OFF
        movk    x0, #0x0008
        mrs     x9, CurrentEL
        cmp     x9, #(1 << 2)
        b.ne    3f
        hvc     #0                              // at EL1 PSCI is behind HVC
3:      smc     #0
        .global halt
halt:   wfi
        b       halt

not_el2:
        .asciz  "nestor: not started at EL2: give QEMU -M virt,virtualization=on\r\n"
wrong_address:
        .asciz  "nestor: loaded at the wrong address: it must be 2 MiB above the start of RAM (0x40200000)\r\n"
        .balign 4

// A failed bounds check, overflow or cast: x30 says where.
        .section .text.failed_check, "ax"
        .global nestor_failed_check
nestor_failed_check:
        brk     #0x4e

// ilc emits a start-up for shared libraries that names these; nobody calls it.
        .global RhpReversePInvoke, RhpReversePInvokeReturn
RhpReversePInvoke:
RhpReversePInvokeReturn:
        brk     #0x4f
