// Repeats what is typed, in brackets, until a "q" comes.
        .include "Payload.inc"
        .globl  _start
_start: mov     x1, #UART
        mov     w2, #0x301                      // UARTEN, TXE, RXE
        str     w2, [x1, #UART_CR]
        line    "type"
        mov     x1, #UART
1:      ldr     w2, [x1, #UART_FR]
        tbnz    w2, #4, 1b                      // RXFE: nothing has come
        ldr     w3, [x1, #UART_DR]
        and     w3, w3, #0xff
        cmp     w3, #'q'
        b.eq    2f
        mov     w2, #'['
        str     w2, [x1, #UART_DR]
        str     w3, [x1, #UART_DR]
        mov     w2, #']'
        str     w2, [x1, #UART_DR]
        b       1b
2:      psci    PSCI_SYSTEM_OFF
