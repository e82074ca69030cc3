// Prints where it is and where its device tree is, then switches the machine off. It runs anywhere.
        .include "Payload.inc"

// Prints x3 in hexadecimal. Uses x1, x2, x4 and x5.
        .macro  number
        mov     x1, #UART
        mov     x2, #16
.Ldigit\@:
        ror     x3, x3, #60
        and     x4, x3, #15
        add     x5, x4, #'0'
        cmp     x4, #10
        b.lo    .Lshow\@
        add     x5, x4, #'a' - 10
.Lshow\@:
        str     w5, [x1, #UART_DR]
        subs    x2, x2, #1
        b.ne    .Ldigit\@
        line    ""
        .endm

        .globl  _start
_start: mov     x20, x0
        line    "kernel:"
        adr     x3, _start
        number
        line    "device tree:"
        mov     x3, x20
        number
        psci    PSCI_SYSTEM_OFF
