// How long vectors are is said by a register of each level: EL1's does nothing to EL2, and EL2's bounds both. What EL2 does with
// vectors is its own affair too: a load that aborts does so there.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class VectorLengths
{
    private const uint ReadSve = 0x04bf5020;            // RDVL x0, #1
    private const uint ReadStreaming = 0x04bf5820;      // RDSVL x0, #1
    private const ulong Shortest = 16;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Lengths("SVE: "u8, ReadSve, El2.IsE2h ? Encoding.ZCR_EL12 : Encoding.ZCR_EL1, Encoding.ZCR_EL2);
        Lengths("SME: "u8, ReadStreaming, El2.IsE2h ? Encoding.SMCR_EL12 : Encoding.SMCR_EL1, Encoding.SMCR_EL2);
        WholeVector(El2.IsE2h ? Encoding.ZCR_EL12 : Encoding.ZCR_EL1);
        AbortingLoad();
    }

    private static void Lengths(ReadOnlySpan<byte> kind, uint read, uint ofEl1, uint ofEl2)
    {
        ulong own = SystemRegister.Read(ofEl2);
        ulong other = SystemRegister.Read(ofEl1);
        SystemRegister.Write(ofEl2, own | 0xf);
        SystemRegister.Write(ofEl1, other | 0xf);
        ulong longest = At(Cpu.Level, read);
        Tap.Check(longest > Shortest && At(Pstate.El1h, read) == longest, El2.Prefix, kind, "EL1 may have what EL2 has"u8);

        SystemRegister.Write(ofEl1, other & ~0xfUL);
        Tap.Check(At(Cpu.Level, read) == longest, El2.Prefix, kind, "EL1's register does not shorten EL2's vectors"u8);
        Tap.Check(At(Pstate.El1h, read) < longest, El2.Prefix, kind, "EL1's register shortens EL1's"u8);
        Tap.Check((SystemRegister.Read(ofEl1) & 0xf) == 0 && (SystemRegister.Read(ofEl2) & 0xf) == 0xf, El2.Prefix, kind, "both registers keep what they got"u8);

        SystemRegister.Write(ofEl1, other | 0xf);
        SystemRegister.Write(ofEl2, own & ~0xfUL);
        Tap.Check(At(Cpu.Level, read) < longest, El2.Prefix, kind, "EL2's register shortens EL2's vectors"u8);
        Tap.Check(At(Pstate.El1h, read) < longest, El2.Prefix, kind, "EL2's register shortens EL1's"u8);
        SystemRegister.Write(ofEl2, own);
        SystemRegister.Write(ofEl1, other);
    }

    private static ulong At(ulong level, uint read)
    {
        Code.Begin();
        Code.Isb();
        Code.Emit(read);
        Code.Finish();
        Excursion* end = Excursion.Run(level);
        return end->Finished ? end->X[0] : 0;
    }

    // INDEX, STR, and between them EL1's length is moved back and forth.
    private static void WholeVector(uint ofEl1)
    {
        ulong own = SystemRegister.Read(Encoding.ZCR_EL2);
        SystemRegister.Write(Encoding.ZCR_EL2, own | 0xf);
        Code.Begin();
        Code.Mrs(4, ofEl1);
        Code.Emit(0x04214020);                          // index z0.b, #1, #1
        Code.Msr(ofEl1, 31);
        Code.Emit(0xe5804020);                          // str z0, [x1]
        Code.Msr(ofEl1, 4);
        Code.Isb();
        Code.Emit(ReadSve);
        Code.Finish();
        byte* area = (byte*)Symbols.CodeArea + 1024;
        for (int i = 0; i < 256; i++)
        {
            area[i] = 0;
        }

        Excursion* end = Excursion.Prepare(Cpu.Level);
        end->X[1] = (ulong)area;
        Excursion.Run();
        bool good = end->Finished && end->X[0] > Shortest && end->X[0] <= 256;
        for (ulong i = 0; good && i < end->X[0]; i++)
        {
            good = area[i] == (byte)(i + 1);
        }

        end->Check(good, El2.Prefix, "SVE: "u8, "all of a vector is stored"u8);
        SystemRegister.Write(Encoding.ZCR_EL2, own);
    }

    private static void AbortingLoad()
    {
        const ulong Nowhere = 0x0b00_0000;              // between the machine's devices
        Code.Begin();
        Code.Nop();
        Code.Emit(0x85804020);                          // ldr z0, [x1]
        Code.Finish();
        Excursion* end = Excursion.Prepare(Cpu.Level);
        end->X[1] = Nowhere;
        Excursion.Run();
        end->Check(end->Class == 0x25 && end->Far == Nowhere && end->Offset == 4, El2.Prefix, "SVE: "u8, "a load from nowhere aborts"u8);
    }
}
