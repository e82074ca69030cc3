// ESR_ELx.EC (Arm ARM D19.2.40) and PSTATE modes, by the names of the manual.

namespace Nestor.Payloads;

internal static class ExceptionClass
{
    public const ulong Unknown = 0x00;
    public const ulong Wfx = 0x01;
    public const ulong FpAccess = 0x07;
    public const ulong IllegalState = 0x0e;
    public const ulong Svc = 0x15;
    public const ulong Hvc = 0x16;
    public const ulong Smc = 0x17;
    public const ulong SystemRegister = 0x18;
    public const ulong Eret = 0x1a;
    public const ulong PointerAuthentication = 0x1c;
    public const ulong InstructionAbortLower = 0x20;
    public const ulong InstructionAbort = 0x21;
    public const ulong PcAlignment = 0x22;
    public const ulong DataAbortLower = 0x24;
    public const ulong DataAbort = 0x25;
    public const ulong SpAlignment = 0x26;
    public const ulong SoftwareStep = 0x33;
    public const ulong Brk = 0x3c;
}

internal static class Pstate
{
    public const ulong Daif = 0x3c0;
    public const ulong El0 = Daif;
    public const ulong El1t = Daif | 4;
    public const ulong El1h = Daif | 5;
    public const ulong El2t = Daif | 8;
    public const ulong El2h = Daif | 9;
    public const ulong Fiq = 0x40;
    public const ulong Irq = 0x80;
    public const ulong Il = 1UL << 20;
    public const ulong Ss = 1UL << 21;

    /// <summary>Flags, masks and mode: what an exception entry sets beside them depends on the CPU's features.</summary>
    public const ulong Lasting = 0xf030_03df;
}

internal static class Vector
{
    public const ulong CurrentSp0 = 0x000;
    public const ulong Current = 0x200;
    public const ulong CurrentIrq = 0x280;
    public const ulong CurrentFiq = 0x300;
    public const ulong Lower = 0x400;
    public const ulong LowerIrq = 0x480;
    public const ulong LowerFiq = 0x500;
}

internal static class Hcr
{
    public const ulong VM = 1UL << 0;
    public const ulong FMO = 1UL << 3;
    public const ulong IMO = 1UL << 4;
    public const ulong AMO = 1UL << 5;
    public const ulong TWI = 1UL << 13;
    public const ulong TWE = 1UL << 14;
    public const ulong TID3 = 1UL << 18;
    public const ulong TSC = 1UL << 19;
    public const ulong TACR = 1UL << 21;
    public const ulong TVM = 1UL << 26;
    public const ulong TGE = 1UL << 27;
    public const ulong TRVM = 1UL << 30;
    public const ulong RW = 1UL << 31;
    public const ulong E2H = 1UL << 34;
    public const ulong APK = 1UL << 40;
    public const ulong EnSCXT = 1UL << 53;
    public const ulong API = 1UL << 41;
}
