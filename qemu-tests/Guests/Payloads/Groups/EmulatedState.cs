// The state behind an instruction that a hypervisor emulates: PSTATE.BTYPE, the syndrome of a single step, the IT state of T32 and the
// PC of an instruction of 16 bits. On the hardware nobody emulates, and the same must come out.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class EmulatedState
{
    private const ulong Register = Gic.Distributor + 0x420;
    private const ulong Nothing = 0x0bf0_0000;
    private const ulong First = 0x0810_1820;
    private const ulong Second = 0x2830_3840;
    private const uint LoadWord = 0xb940_0022;          // ldr w2, [x1]
    private const uint LoadAndAdd = 0xb840_4422;        // ldr w2, [x1], #4
    private const uint LoadExclusive = 0x885f_7c22;     // ldxr w2, [x1]
    private const uint ReadIdentification = 0xd538_0402;        // mrs x2, id_aa64pfr0_el1
    private const ulong Stepped = (1UL << 24) | 0x22;   // ISS.ISV
    private const ulong Exclusive = 1UL << 6;           // ISS.EX
    private const ulong StepClass = 0x32;
    private const ulong OwnSynchronous = 0x104;
    private const ulong FromAArch32 = 0x10c;
    private const ulong TrapDebug = 1UL << 8;           // MDCR_EL2.TDE
    private const ulong HostOfEl0 = 1UL << 27;          // HCR_EL2.TGE
    private const ulong AArch32 = 0x10;
    private const ulong T32 = 0x20;

    private static Excursion* Here => Excursion.Here;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Mmio.Write32(Register, (uint)First);
        Mmio.Write32(Register + 4, (uint)Second);
        BranchTypes();
        Steps();
        Programs();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) => Here->Check(condition, El2.Prefix, first, second);

    private static void BranchTypes()
    {
        Targets(Pstate.El2h, "EL2: BTYPE is 0 behind "u8);
        OneTarget(Pstate.El2h, 0xd53c_e102);            // mrs x2, cnthctl_el2
        Check(IsPlain, "EL2: BTYPE is 0 behind "u8, "MRS of CNTHCTL_EL2"u8);
        OneTarget(Pstate.El2h, 0xd50c_871f);            // tlbi alle2
        Check(IsPlain, "EL2: BTYPE is 0 behind "u8, "TLBI ALLE2"u8);
        Targets(Pstate.El1h, "EL1: BTYPE is 0 behind "u8);
        OneTarget(Pstate.El2h, LoadWord, Nothing);
        Check(
            Here->EndedBy(Vector.Current, ExceptionClass.DataAbort, 0x10) && (Here->Pstate >> 10 & 3) == 1,
            "EL2: the abort of a load that a branch led to has BTYPE"u8);
    }

    private static void Targets(ulong level, ReadOnlySpan<byte> name)
    {
        OneTarget(level, LoadWord, Register);
        Check(IsPlain && Here->X[2] == First, name, "LDR of a device"u8);
        OneTarget(level, LoadAndAdd, Register);
        Check(IsPlain && Here->X[1] == Register + 4, name, "LDR of a device, post-index"u8);
        OneTarget(level, ReadIdentification);
        Check(IsPlain, name, "MRS of ID_AA64PFR0_EL1"u8);
    }

    private static bool IsPlain => Here->Finished && (Here->Pstate >> 10 & 3) == 0;

    // BR to the instruction.
    private static void OneTarget(ulong level, uint instruction, ulong address = 0)
    {
        Code.Begin();
        Code.Branch(9);
        Code.Emit(instruction);
        Code.Finish();
        Excursion* start = Excursion.Prepare(level);
        start->X[1] = address;
        start->X[9] = Symbols.CodeArea + 4;
        Excursion.Run();
    }

    private static void Steps()
    {
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        Debug(1, TrapDebug);
        StepsOf(Pstate.El1h, "a step of EL1 to EL2: "u8);
        Step(Pstate.El1h, 0xd503_207f, 0);              // wfi
        Check(IsStep(Stepped), "a step of EL1 to EL2: WFI"u8);
        Step(Pstate.El1h, 0xd400_0003, 0, 0x8400_0000); // smc #0: PSCI_VERSION
        Check(IsStep(0x22), "a step of EL1 to EL2: SMC, which firmware ends"u8);
        StepsOf(Pstate.El0, "a step of EL0 to EL2: "u8);
        if (El2.IsE2h)
        {
            El2.Change(HostOfEl0);
            StepsOf(Pstate.El0, "a step of EL0 of a host: "u8);
            El2.Change(0, HostOfEl0);
        }

        Debug(1 | (1 << 13), 0);                        // SS, KDE
        const ulong Own = (0x33UL << 26) | (1UL << 25);
        Step(Pstate.El1h & ~0x200UL, LoadWord, Register);
        Check(IsOwn(Own | Stepped), "EL1 steps itself: LDR of a device"u8);
        Step(Pstate.El1h & ~0x200UL, LoadExclusive, Register);
        Check(IsOwn(Own | Stepped | Exclusive), "EL1 steps itself: LDXR of a device"u8);
        Step(Pstate.El1h & ~0x200UL, ReadIdentification, 0);
        Check(IsOwn(Own | Stepped), "EL1 steps itself: MRS of ID_AA64PFR0_EL1"u8);
        Debug(0, 0);
    }

    private static void StepsOf(ulong level, ReadOnlySpan<byte> name)
    {
        Step(level, LoadWord, Register);
        Check(IsStep(Stepped) && Here->X[2] == First, name, "LDR of a device"u8);
        Step(level, LoadAndAdd, Register);
        Check(IsStep(Stepped) && Here->X[1] == Register + 4, name, "LDR of a device, post-index"u8);
        Step(level, LoadExclusive, Register);
        Check(IsStep(Stepped | Exclusive), name, "LDXR of a device"u8);
        Step(level, LoadExclusive, Symbols.DataArea);
        Check(IsStep(Stepped | Exclusive), name, "LDXR of RAM"u8);
        Step(level, LoadWord, Symbols.DataArea);
        Check(IsStep(Stepped), name, "LDR of RAM"u8);
    }

    private static void Debug(ulong own, ulong el2)
    {
        SystemRegisters.MDSCR_EL1 = own;
        SystemRegisters.MDCR_EL2 = 6 | el2;
        Instructions.Isb();
    }

    private static void Step(ulong level, uint instruction, ulong address, ulong x0 = 0)
    {
        Code.Begin();
        Code.Emit(instruction);
        Code.Nop();
        Code.Finish();
        Excursion* start = Excursion.Prepare(level | Pstate.Ss);
        start->X[0] = x0;
        start->X[1] = address;
        Excursion.Run();
    }

    private static bool IsStep(ulong syndrome) => Here->EndedBy(Vector.Lower, StepClass, syndrome) && Here->Offset == 4;

    private static bool IsOwn(ulong syndrome) => Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, OwnSynchronous)
        && El1.Read(Encoding.ESR_EL1) == syndrome && El1.Read(Encoding.ELR_EL1) == Symbols.CodeArea + 4;

    // Programs of AArch32 at EL0, which end with SVC #0x77.
    private static void Programs()
    {
        const ulong BigEndian = 0x200;                  // PSTATE.E
        Code.Begin();
        Code.Emit(0xbf03_4280);                         // cmp r0, r0; ittte eq
        Code.Emit(0xf8d1_680a);                         // ldreq r2, [r1]; ldreq.w r3, [r1, #4]
        Code.Emit(0x784c_3004);
        Code.Emit(0xdf77_2407);                         // ldrbeq r4, [r1, #1]; movne r4, #7; svc #0x77
        RunProgram(AArch32 | T32);
        Check(Here->X[2] == First && Here->X[3] == Second && Here->X[4] == 0x18 && IsEnd(16), "T32 at EL0: loads of a device in an IT block"u8);
        Code.Begin();
        Code.Emit(0xe591_2000);                         // ldr r2, [r1]
        Code.Emit(0xe1d1_30d1);                         // ldrsb r3, [r1, #1]
        Code.Emit(0xe591_4004);                         // ldr r4, [r1, #4]
        Code.Emit(0xef00_0077);                         // svc #0x77
        RunProgram(AArch32);
        Check(Here->X[2] == First && Here->X[3] == 0x18 && Here->X[4] == Second && IsEnd(16), "A32 at EL0: loads of a device"u8);
        Code.Begin();
        Code.Emit(0xe591_2000);
        Code.Emit(0xef00_0077);
        RunProgram(AArch32 | BigEndian);
        Check(Here->X[2] == 0x2018_1008 && IsEnd(8), "A32 at EL0: a load of a device in big endian, by PSTATE.E"u8);
    }

    private static void RunProgram(ulong pstate)
    {
        Code.Publish();
        Excursion* start = Excursion.Prepare(0x1c0 | pstate);
        start->X[1] = Register;
        Excursion.Run();
    }

    private static bool IsEnd(ulong offset) => Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, FromAArch32)
        && (El1.Read(Encoding.ESR_EL1) & ~(1UL << 25)) == ((0x11UL << 26) | 0x77) && El1.Read(Encoding.ELR_EL1) == Symbols.CodeArea + offset;
}
