// A guest hypervisor with VHE as the kernel of its own programs: HCR_EL2.{E2H,TGE}={1,1}.
        .arch   armv8.1-a
        .include "Payload.inc"
        .include "User.inc"

        .globl  _start
_start: movz    x0, #0x8800, lsl #16            // HCR_EL2: RW, TGE
        movk    x0, #0x4, lsl #32               // E2H
        msr     hcr_el2, x0
        isb
        tlbi    vmalle1                         // Nestor sees E2H at a trap
        dsb     sy
        isb
        kernel_and_program
