// FP, SIMD, SVE and SME registers to and from memory, for the switch between vCPUs and for a vector's access to a device: the only
// vector instructions of the image. x0 is the address; SVE registers are stored at the present vector length, Z0 to Z31, then P0 to P15, then FFR.

        .macro  function name
        .section .text.\name, "ax"
        .global \name
\name:
        .endm

        function vector_state_save_fp
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        str     q\n, [x0, #(\n * 16)]
        .endr
        ret

        function vector_state_load_fp
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        ldr     q\n, [x0, #(\n * 16)]
        .endr
        ret

        function vector_state_save_sve          // x1: whether FFR can be read (not in streaming mode)
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        str     z\n, [x0, #\n, mul vl]
        .endr
        addvl   x0, x0, #31
        addvl   x0, x0, #1
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        str     p\n, [x0, #\n, mul vl]
        .endr
        cbz     x1, 1f
        rdffr   p0.b
        str     p0, [x0, #16, mul vl]
1:      ret

        function vector_state_load_sve          // x1: as above
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        ldr     z\n, [x0, #\n, mul vl]
        .endr
        addvl   x0, x0, #31
        addvl   x0, x0, #1
        cbz     x1, 1f
        ldr     p0, [x0, #16, mul vl]
        wrffr   p0.b
1:      .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        ldr     p\n, [x0, #\n, mul vl]
        .endr
        ret

        function vector_state_save_za           // the square of SVL by SVL bits, a row at a time
        .inst   0x04bf5821                      // rdsvl x1, #1: newer than the assembler
        mov     w12, #0
1:      str     za[w12, #0], [x0, #0, mul vl]
        .inst   0x04205820                      // addsvl x0, x0, #1
        add     w12, w12, #1
        cmp     w12, w1
        b.lo    1b
        ret

        function vector_state_load_za
        .inst   0x04bf5821                      // rdsvl x1, #1: newer than the assembler
        mov     w12, #0
1:      ldr     za[w12, #0], [x0, #0, mul vl]
        .inst   0x04205820                      // addsvl x0, x0, #1
        add     w12, w12, #1
        cmp     w12, w1
        b.lo    1b
        ret

        function vector_state_save_zt0
        .inst   0xe13f8000                      // str zt0, [x0]: newer than the assembler
        ret

        function vector_state_load_zt0
        .inst   0xe11f8000                      // ldr zt0, [x0]
        ret

        function vector_state_length            // bytes of an SVE register
        rdvl    x0, #1
        ret

        function vector_state_streaming_length  // bytes of a streaming SVE register
        .inst   0x04bf5820                      // rdsvl x0, #1
        ret

        function vector_state_save_control      // FPCR and FPSR
        mrs     x1, fpcr
        mrs     x2, fpsr
        stp     x1, x2, [x0]
        ret

        function vector_state_load_control
        ldp     x1, x2, [x0]
        msr     fpcr, x1
        msr     fpsr, x2
        ret

        function vector_state_read_svcr         // streaming mode and the matrix array on or off
        mrs     x0, S3_3_C4_C2_2
        ret

        function vector_state_write_svcr
        msr     S3_3_C4_C2_2, x0
        ret

        .macro  one_vector name, instruction    // x0: its number, x1: 16 bytes
        function \name
        adr     x2, 1f
        add     x2, x2, x0, lsl #3
        br      x2
1:
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        \instruction q\n, [x1]
        ret
        .endr
        .endm

        one_vector vector_state_read, str
        one_vector vector_state_write, ldr
