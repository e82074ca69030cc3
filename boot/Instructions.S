// Instructions that C# cannot say, one each. The build puts the instruction in place of the call (see tools/Build).

        .macro  leaf name, instruction:vararg
        .section .text.leaf.\name, "ax"
        .global \name
\name:  \instruction
        ret
        .endm

        leaf    isb, isb
        leaf    dsb_sy, dsb sy
        leaf    dsb_ish, dsb ish
        leaf    dsb_ishst, dsb ishst
        leaf    wfi, wfi
        leaf    sev, sev
        leaf    read_frame_pointer, mov x0, x29
        leaf    mmio_read8, ldrb w0, [x0]
        leaf    mmio_read16, ldrh w0, [x0]
        leaf    mmio_read32, ldr w0, [x0]
        leaf    mmio_read64, ldr x0, [x0]
        leaf    mmio_write8, strb w1, [x0]
        leaf    mmio_write16, strh w1, [x0]
        leaf    mmio_write32, str w1, [x0]
        leaf    mmio_write64, str x1, [x0]
        leaf    dc_cvau, dc cvau, x0
        leaf    ic_ialluis, ic ialluis
        leaf    tlbi_alle1, tlbi alle1
        leaf    tlbi_alle2, tlbi alle2
        leaf    tlbi_vae2is, tlbi vae2is, x0
        leaf    tlbi_vmalle1, tlbi vmalle1
        leaf    tlbi_vmalle1is, tlbi vmalle1is
        leaf    tlbi_vmalls12e1is, tlbi vmalls12e1is
        leaf    tlbi_vae1is, tlbi vae1is, x0
        leaf    tlbi_vale1is, tlbi vale1is, x0
        leaf    tlbi_vaae1is, tlbi vaae1is, x0
        leaf    tlbi_vaale1is, tlbi vaale1is, x0
        leaf    tlbi_aside1is, tlbi aside1is, x0
        leaf    tlbi_rvae1is, sys #0, c8, c2, #1, x0
        leaf    tlbi_rvaae1is, sys #0, c8, c2, #3, x0
        leaf    tlbi_rvale1is, sys #0, c8, c2, #5, x0
        leaf    tlbi_rvaale1is, sys #0, c8, c2, #7, x0
        leaf    cfp_rctx, sys #3, c7, c3, #4, x0
        leaf    dvp_rctx, sys #3, c7, c3, #5, x0
        leaf    cpp_rctx, sys #3, c7, c3, #7, x0
        leaf    pacga, pacga x0, x0, x1
        leaf    at_s1e1r, at s1e1r, x0
        leaf    at_s1e1w, at s1e1w, x0
        leaf    at_s1e0r, at s1e0r, x0
        leaf    at_s1e0w, at s1e0w, x0
        leaf    at_s1e1rp, sys #0, c7, c9, #0, x0
        leaf    at_s1e1wp, sys #0, c7, c9, #1, x0

// Not leaves: more than one instruction, so their calls stay calls.
        .section .text.secure_monitor_call, "ax"
        .global secure_monitor_call             // x0: PSCI function, x1 to x3: arguments
secure_monitor_call:
        smc     #0
        ret

        .section .text.semihosting_exit, "ax"
        .global semihosting_exit                // x0: exit status
semihosting_exit:
        sub     sp, sp, #16
        movz    x1, #0x2, lsl #16
        movk    x1, #0x26                       // ADP_Stopped_ApplicationExit
        stp     x1, x0, [sp]
        mov     x1, sp
        mov     x0, #0x18                       // SYS_EXIT
        hlt     #0xf000
        add     sp, sp, #16
        ret

        .section .text.copy_words, "ax"
        .global copy_words                      // x0: to, x1: from, x2: bytes; all multiples of 64
copy_words:
        cbz     x2, 2f
1:      ldp     x3, x4, [x1]
        ldp     x5, x6, [x1, #16]
        ldp     x7, x8, [x1, #32]
        ldp     x9, x10, [x1, #48]
        stp     x3, x4, [x0]
        stp     x5, x6, [x0, #16]
        stp     x7, x8, [x0, #32]
        stp     x9, x10, [x0, #48]
        add     x1, x1, #64
        add     x0, x0, #64
        subs    x2, x2, #64
        b.ne    1b
2:      ret

        .section .text.zero_words, "ax"
        .global zero_words                      // x0: to, x1: bytes; both multiples of 64
zero_words:
        cbz     x1, 2f
1:      stp     xzr, xzr, [x0]
        stp     xzr, xzr, [x0, #16]
        stp     xzr, xzr, [x0, #32]
        stp     xzr, xzr, [x0, #48]
        add     x0, x0, #64
        subs    x1, x1, #64
        b.ne    1b
2:      ret
