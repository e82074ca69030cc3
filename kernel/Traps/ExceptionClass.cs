namespace Nestor.Kernel;

/// <summary>ESR_ELx.EC (Arm ARM D19.2.37).</summary>
public enum ExceptionClass : ulong
{
    Unknown             = 0x00,
    WaitForInterrupt    = 0x01,
    FpAccess            = 0x07,
    PointerAuth         = 0x09,
    IllegalState        = 0x0e,
    Hvc32               = 0x12,
    Smc32               = 0x13,
    Hvc64               = 0x16,
    Smc64               = 0x17,
    SystemRegister      = 0x18,
    Sve                 = 0x19,
    Eret                = 0x1a,
    PointerAuthFailure  = 0x1c,
    Sme                 = 0x1d,
    InstructionAbort    = 0x20,
    DataAbort           = 0x24,
    DataAbortVncr       = 0x25,
    Breakpoint          = 0x30,
    SoftwareStep        = 0x32,
    Watchpoint          = 0x34,
    Brk                 = 0x3c,
}
