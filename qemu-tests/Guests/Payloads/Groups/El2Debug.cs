// EL2 debugs itself and its own EL0 (MDCR_EL2.TDE or HCR_EL2.TGE): which breakpoints and watchpoints are for EL2, when a step is
// taken, and that nothing of the guest's debugging is left when EL2 runs again.

using System;
using Nestor.Hal;
using static Nestor.Payloads.SelfDebug;

namespace Nestor.Payloads;

internal static unsafe class El2Debug
{
    private const ulong AllBytes = 0xf << 5;
    private const ulong Loads = (1 << 3) | (0xff << 5);

    private const ulong MaskDebug = 0x200;              // PSTATE.D
    private const ulong Open = Pstate.El2h & ~MaskDebug;
    private const ulong Linked = 1 << 20;               // DBGBCR<n>_EL1.BT: an address, and the context of another breakpoint

    public static void Run()
    {
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        State(e2h: false, 0, "E2H=0, TGE=0: "u8, "E2H=0, TGE=0, TDE=1: "u8, "E2H=0, TGE=0, TDE=0: "u8);
        State(e2h: false, Hcr.TGE, "E2H=0, TGE=1: "u8, "E2H=0, TGE=1, TDE=1: "u8, "E2H=0, TGE=1, TDE=0: "u8);
        State(e2h: true, 0, "E2H=1, TGE=0: "u8, "E2H=1, TGE=0, TDE=1: "u8, "E2H=1, TGE=0, TDE=0: "u8);
        State(e2h: true, Hcr.TGE, "E2H=1, TGE=1: "u8, "E2H=1, TGE=1, TDE=1: "u8, "E2H=1, TGE=1, TDE=0: "u8);
        El2.Enter(false);
    }

    private static void State(bool e2h, ulong tge, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> routed, ReadOnlySpan<byte> unrouted)
    {
        El2.Enter(e2h);
        El2.Change(tge);
        Levels(routed, ByEl2);
        Levels(unrouted, 0);
        bool isTarget = tge != 0;
        Masks(prefix);
        Steps(prefix, isTarget);
        Immediate(prefix, e2h, tge);
        Registers(prefix);
        if (e2h && tge != 0)
        {
            Contexts(prefix);
        }

        Debug(0, 0);
        El2.Reset();
        AfterGuest(prefix);
    }

    private static void Check(bool condition, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) =>
        Excursion.Here->Check(condition, first, second, third);

    private static bool IsOwn(ulong kind, ulong offset) =>
        Excursion.Here->Vector == Vector.Current && Excursion.Here->Class == kind + 1 && Excursion.Here->Offset == offset;

    private static bool IsBelow(ulong kind, ulong offset) =>
        Excursion.Here->Vector == Vector.Lower && Excursion.Here->Class == kind && Excursion.Here->Offset == offset;

    // The valid combinations of HMC, SSC and PMC or PAC (Arm ARM D2.8.3, D2.9.4) on a CPU without EL3.
    private static void Levels(ReadOnlySpan<byte> prefix, ulong route)
    {
        Level(prefix, route, 0, 0, 1, "HMC=0 SSC=0 PMC=1: "u8);
        Level(prefix, route, 0, 0, 2, "HMC=0 SSC=0 PMC=2: "u8);
        Level(prefix, route, 0, 0, 3, "HMC=0 SSC=0 PMC=3: "u8);
        Level(prefix, route, 0, 1, 1, "HMC=0 SSC=1 PMC=1: "u8);
        Level(prefix, route, 0, 1, 2, "HMC=0 SSC=1 PMC=2: "u8);
        Level(prefix, route, 0, 1, 3, "HMC=0 SSC=1 PMC=3: "u8);
        Level(prefix, route, 1, 0, 1, "HMC=1 SSC=0 PMC=1: "u8);
        Level(prefix, route, 1, 0, 3, "HMC=1 SSC=0 PMC=3: "u8);
        Level(prefix, route, 1, 1, 1, "HMC=1 SSC=1 PMC=1: "u8);
        Level(prefix, route, 1, 1, 3, "HMC=1 SSC=1 PMC=3: "u8);
        Level(prefix, route, 1, 3, 0, "HMC=1 SSC=3 PMC=0: "u8);
    }

    private static void Level(ReadOnlySpan<byte> prefix, ulong route, ulong higher, ulong security, ulong levels, ReadOnlySpan<byte> name)
    {
        bool isTarget = route != 0 || (SystemRegisters.HCR_EL2 & Hcr.TGE) != 0;
        bool hasEl0 = (SystemRegisters.HCR_EL2 & Hcr.TGE) != 0;
        ulong control = 1 | (levels << 1) | (higher << 13) | (security << 14);
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 4);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, control | AllBytes);
        Debug(Points | KernelToo, route);
        Go(Open);
        Check(isTarget && higher != 0 ? IsOwn(Breakpoint, 4) : Excursion.Here->Finished, prefix, name, isTarget && higher != 0 ? "a breakpoint fires at EL2"u8 : "no breakpoint at EL2"u8);
        Go(Pstate.El2h);
        Check(Excursion.Here->Finished, prefix, name, "no breakpoint with PSTATE.D"u8);
        if (hasEl0)
        {
            Go(Pstate.El0);
            Check((levels & 2) != 0 ? IsBelow(Breakpoint, 4) : IsBelow(0, 16), prefix, name, (levels & 2) != 0 ? "a breakpoint fires at EL2's own EL0"u8 : "no breakpoint at EL2's own EL0"u8);
        }

        Debug(0, 0);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
        SystemRegister.Write(Encoding.DBGWVR0_EL1, Datum);
        SystemRegister.Write(Encoding.DBGWCR0_EL1, control | Loads);
        Debug(Points | KernelToo, route);
        Go(Open);
        Check(
            isTarget && higher != 0 ? IsOwn(Watchpoint, 8) && Excursion.Here->Far == Datum : Excursion.Here->Finished,
            prefix, name, isTarget && higher != 0 ? "a watchpoint fires at EL2"u8 : "no watchpoint at EL2"u8);
        Debug(0, 0);
        SystemRegister.Write(Encoding.DBGWCR0_EL1, 0);
    }

    private static void Masks(ReadOnlySpan<byte> prefix)
    {
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 4);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 1 | (1 << 1) | (1 << 13) | AllBytes);
        Debug(Points, ByEl2);
        Check(Go(Open)->Finished, prefix, "a breakpoint does nothing at EL2 without KDE"u8, default);
        Debug(KernelToo, ByEl2);
        Check(Go(Open)->Finished, prefix, "a breakpoint does nothing without MDE"u8, default);
        Debug(Points | KernelToo, ByEl2);
        Go(Open);
        Check(IsOwn(Breakpoint, 4), prefix, "a breakpoint fires with both"u8, default);
        Debug(0, 0);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
    }

    private static void Steps(ReadOnlySpan<byte> prefix, bool isTarget)
    {
        Debug(Step | KernelToo, ByEl2);
        Go(Open | Pstate.Ss);
        Check(IsOwn(StepClass, 4), prefix, "a step comes after one instruction"u8, default);
        Go(Open);
        Check(IsOwn(StepClass, 0), prefix, "with SPSR_EL2.SS=0 a step comes before the first"u8, default);
        Check(Go(Pstate.El2h | Pstate.Ss)->Finished, prefix, "there is no step with PSTATE.D"u8, default);
        Debug(Step, ByEl2);
        Check(Go(Open | Pstate.Ss)->Finished, prefix, "there is no step without KDE"u8, default);
        Debug(Step | KernelToo, 0);
        Go(Open | Pstate.Ss);
        Check(isTarget ? IsOwn(StepClass, 4) : Excursion.Here->Finished, prefix, isTarget ? "a step comes without TDE"u8 : "there is no step without TDE"u8, default);

        Debug(Step | KernelToo, ByEl2);
        Code.Begin();
        Code.Mrs(3, Encoding.CNTHCTL_EL2);
        Code.Nop();
        Code.Finish();
        Excursion.Run(Open | Pstate.Ss);
        Check(IsOwn(StepClass, 4) && (Excursion.Here->Pstate & Pstate.Ss) == 0, prefix, "a step over a register of EL2 comes behind it"u8, default);

        Code.Begin();
        Code.Eret();
        Code.Finish();
        Excursion.Run(Open | Pstate.Ss);
        Check(IsOwn(StepClass, 0), prefix, "a step over ERET to where it is ends there"u8, default);

        Code.Begin();
        Code.Svc(1);
        Code.Finish();
        Excursion.Run(Open | Pstate.Ss);
        Check(
            Excursion.Here->EndedBy(Vector.Current, ExceptionClass.Svc, 1) && (Excursion.Here->Pstate & Pstate.Ss) == 0,
            prefix, "SVC in a step is taken first"u8, default);
        Debug(0, 0);
    }

    // What starts a step without an exception return.
    private static void Immediate(ReadOnlySpan<byte> prefix, bool e2h, ulong tge)
    {
        Debug(0, ByEl2);
        Code.Begin();
        Code.Msr(Encoding.MDSCR_EL1, 2);
        Code.Isb();
        Code.Nop();
        Code.Finish();
        Start(Open, Step | KernelToo);
        Check(IsOwn(StepClass, 4) || IsOwn(StepClass, 8), prefix, "MDSCR_EL1.SS takes effect by ISB"u8, default);

        Debug(Step | KernelToo, ByEl2);
        Code.Begin();
        Code.Nop();
        Code.Unmask(8);
        Code.Nop();
        Code.Finish();
        Start(Pstate.El2h, 0);
        Check(IsOwn(StepClass, 8), prefix, "a step waits for PSTATE.D"u8, default);

        Debug(Step | KernelToo, 0);
        Code.Begin();
        Code.Msr(Encoding.MDCR_EL2, 2);
        Code.Isb();
        Code.Nop();
        Code.Finish();
        Start(tge != 0 ? Pstate.El2h : Open, Counters | ByEl2);
        Check(tge != 0 ? Excursion.Here->Finished : IsOwn(StepClass, 4) || IsOwn(StepClass, 8), prefix, tge != 0 ? "MDCR_EL2.TDE does not unmask a step"u8 : "MDCR_EL2.TDE starts a step"u8, default);

        Debug(0, 0);
        ulong hcr = Hcr.RW | Hcr.API | Hcr.APK | (e2h ? Hcr.E2H : 0);
        SystemRegisters.HCR_EL2 = hcr;
        Debug(Step | KernelToo, 0);
        Code.Begin();
        Code.Msr(Encoding.HCR_EL2, 2);
        Code.Isb();
        Code.Nop();
        Code.Finish();
        Start(Open, hcr | Hcr.TGE);
        Check(IsOwn(StepClass, 4) || IsOwn(StepClass, 8), prefix, "HCR_EL2.TGE starts a step"u8, default);
        Debug(0, 0);
        SystemRegisters.HCR_EL2 = hcr | tge;
        Instructions.Isb();
    }

    private static void Start(ulong pstate, ulong value)
    {
        Excursion.Prepare(pstate)->X[2] = value;
        Excursion.Run();
    }

    private static void Registers(ReadOnlySpan<byte> prefix)
    {
        const ulong El2Only = 1 | (1 << 13) | (3 << 14) | AllBytes;
        SystemRegister.Write(Encoding.DBGBCR1_EL1, El2Only);
        SystemRegister.Write(Encoding.DBGWCR1_EL1, 1 | (1 << 13) | (3 << 14) | Loads);
        Check(SystemRegister.Read(Encoding.DBGBCR1_EL1) == El2Only, prefix, "DBGBCR1_EL1 reads as written"u8, default);
        Check(SystemRegister.Read(Encoding.DBGWCR1_EL1) == (1 | (1 << 13) | (3 << 14) | Loads), prefix, "DBGWCR1_EL1 reads as written"u8, default);
        SystemRegister.Write(Encoding.DBGBCR1_EL1, 0);
        SystemRegister.Write(Encoding.DBGWCR1_EL1, 0);
        SystemRegister.Write(Encoding.MDSCR_EL1, Points | KernelToo | Step | (1 << 12));
        Check(SystemRegister.Read(Encoding.MDSCR_EL1) == (Points | KernelToo | Step | (1 << 12)), prefix, "MDSCR_EL1 reads as written"u8, default);
        SystemRegister.Write(Encoding.MDSCR_EL1, 0);
    }

    // A breakpoint that is linked to a context of EL2.
    private static void Contexts(ReadOnlySpan<byte> prefix)
    {
        const ulong OfEl2 = 0xd << 20;
        const ulong Context = 0x1234;
        const ulong LinkTo5 = 5 << 16;
        SystemRegister.Write(Encoding.CONTEXTIDR_EL2, Context);
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 4);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 1 | (1 << 1) | (1 << 13) | AllBytes | Linked | LinkTo5);
        SystemRegister.Write(Encoding.DBGBVR5_EL1, Context | (Context << 32));
        SystemRegister.Write(Encoding.DBGBCR5_EL1, 1 | (1 << 1) | (1 << 13) | AllBytes | OfEl2);
        Debug(Points | KernelToo, 0);
        Go(Open);
        Check(IsOwn(Breakpoint, 4), prefix, "a breakpoint linked to EL2's context fires"u8, default);
        SystemRegister.Write(Encoding.CONTEXTIDR_EL2, Context + 1);
        Check(Go(Open)->Finished, prefix, "a linked breakpoint does nothing in another context"u8, default);
        Debug(0, 0);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
        SystemRegister.Write(Encoding.DBGBCR5_EL1, 0);
    }

    // A guest leaves its single step and its breakpoints on, as KVM's selftest debug-exceptions does.
    private static void AfterGuest(ReadOnlySpan<byte> prefix)
    {
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 4);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 1 | (3 << 1) | AllBytes);
        Code.Begin();
        Code.Msr(Encoding.MDSCR_EL1, 2);
        Code.Isb();
        Code.Finish();
        Start(Pstate.El1h, Step | KernelToo | Points);
        Check(Excursion.Here->Finished, prefix, "EL1 sets its MDSCR_EL1"u8, default);
        Check(SystemRegisters.MDSCR_EL1 == (Step | KernelToo | Points), prefix, "EL2 reads it"u8, default);
        Check(Go(Open)->Finished, prefix, "EL2 is not stepped by it"u8, default);
        SystemRegisters.MDSCR_EL1 = 0;
        Instructions.Isb();
        SystemRegisters.MDCR_EL2 = Counters | ByEl2;
        Check(Go(Open)->Finished, prefix, "EL2 is not stepped with TDE either, once EL2 has cleared it"u8, default);
        SystemRegisters.MDSCR_EL1 = Step | KernelToo | Points;
        Instructions.Isb();
        Go(Pstate.El1h | Pstate.Ss);
        Check(IsBelow(StepClass, 4), prefix, "EL1's step is EL2's with TDE"u8, default);
        Debug(0, 0);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
    }
}
