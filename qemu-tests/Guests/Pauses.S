// Prints lines with a pause in the middle of each, as a guest hypervisor's guest does whose every byte its hypervisor sees,
// and a prompt at last.
        .include "Payload.inc"
        .equ    LINES, 400

        .macro  text text
        adr     x0, .Lpiece\@
        bl      print
        b       .Lbehind\@
.Lpiece\@:
        .asciz  "\text"
        .balign 4
.Lbehind\@:
        .endm

        .globl  _start
_start: mov     x10, #LINES
1:      text    "round "
        mrs     x3, cntfrq_el0
        mov     x4, #200
        udiv    x3, x3, x4
        mrs     x4, cntvct_el0
        add     x3, x3, x4
2:      mrs     x4, cntvct_el0                  // 5 ms
        cmp     x4, x3
        b.lo    2b
        text    "and round\n"
        subs    x10, x10, #1
        b.ne    1b
        text    "login: "
        b       .

print:  mov     x1, #UART
3:      ldrb    w2, [x0], #1
        cbz     w2, 4f
        str     w2, [x1, #UART_DR]
        b       3b
4:      ret
