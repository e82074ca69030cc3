// Every row of the table of traps: with the control off EL1's access does not reach EL2, with it on each of its targets does,
// with the syndrome of the manual. A line a control.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class TrapForwarding
{
    private const uint General = 3;
    private const uint Reads = 1u << 16;
    private const uint Writes = 1u << 17;
    private const ulong FineGrainedOpen = 0xfffcUL << 48;

    public static void Run()
    {
        Level(false);
        Level(true);
        Open(false);
    }

    private static void Level(bool e2h)
    {
        Open(e2h);
        El1.Reset();
        for (int control = 0; control < TrapControls.Count; control++)
        {
            Control(control, e2h);
        }
    }

    private static void Open(bool e2h)
    {
        Cpu.SetHcr(Hcr.RW | Hcr.API | Hcr.APK | Hcr.EnSCXT | (e2h ? Hcr.E2H : 0));
        Cpu.OpenVectors(e2h);
        SystemRegisters.MDCR_EL2 = 6;
        SystemRegisters.CNTHCTL_EL2 = e2h ? 0xc03UL : 3;
        SystemRegisters.HFGRTR_EL2 = FineGrainedOpen;
        SystemRegisters.HFGWTR_EL2 = FineGrainedOpen;
    }

    private static void Control(int control, bool e2h)
    {
        bool good = true;
        uint failed = 0;
        for (int i = TrapControls.TargetStarts[control]; i < TrapControls.TargetStarts[control + 1]; i++)
        {
            uint target = TrapControls.Targets[i];
            if (((target & Reads) != 0 && !Traps(control, e2h, target & 0xffff, true))
                || ((target & Writes) != 0 && !Traps(control, e2h, target & 0xffff, false)))
            {
                good = false;
                failed = target;
            }
        }

        int start = TrapControls.NameStarts[control];
        Tap.Check(good, e2h ? "E2H=1: "u8 : "E2H=0: "u8, TrapControls.Names.Slice(start, TrapControls.NameStarts[control + 1] - start), default);
        if (!good)
        {
            Tap.Value("target"u8, failed);
        }
    }

    private static bool Traps(int control, bool e2h, uint encoding, bool isRead)
    {
        uint register = isRead ? TrapControls.ReadRegisters[control] : TrapControls.WriteRegisters[control];
        ulong before = SystemRegister.Read(register);
        ulong mask = TrapControls.Masks[(2 * control) + (e2h ? 1 : 0)];
        SystemRegister.Write(register, TrapControls.Inverted[control] != 0 ? before & ~mask : before | mask);
        Instructions.Isb();
        Code.Begin();
        Code.Nop();
        Code.Emit((isRead ? 0xd5200000u : 0xd5000000) | (encoding << 5) | General);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        bool trapped = end->EndedBy(Vector.Lower, ExceptionClass.SystemRegister, Syndrome(encoding, isRead)) && end->Offset == 4;
        SystemRegister.Write(register, before);
        Instructions.Isb();
        return trapped;
    }

    /// <summary>ISS of a trapped MRS, MSR or system instruction (Arm ARM D19.2.40).</summary>
    private static ulong Syndrome(uint encoding, bool read) =>
        ((ulong)(encoding >> 14) << 20) | ((encoding & 7) << 17) | ((encoding >> 11 & 7) << 14) | ((encoding >> 7 & 15) << 10)
        | (General << 5) | ((encoding >> 3 & 15) << 1) | (read ? 1u : 0);
}
