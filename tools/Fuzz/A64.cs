// The instructions that programs are made of, as words (Arm ARM C4).
namespace Nestor.Tools.Fuzz;

/// <summary>Encodes instructions. Registers are numbers; 31 is XZR.</summary>
public static class A64
{
    public const uint Nop = 0xd503201f;
    public const uint Isb = 0xd5033fdf;
    public const uint Dsb = 0xd5033f9f;
    public const uint Eret = 0xd69f03e0;

    /// <summary>MOV of any value: MOVZ and as many MOVK as it takes.</summary>
    public static IEnumerable<uint> Move(uint register, ulong value)
    {
        yield return 0xd2800000 | (uint)((value & 0xffff) << 5) | register;
        for (uint part = 1; part < 4; part++)
        {
            uint bits = (uint)(value >> (int)(16 * part)) & 0xffff;
            if (bits != 0)
            {
                yield return 0xf2800000 | (part << 21) | (bits << 5) | register;
            }
        }
    }

    public static uint Mrs(uint register, uint encoding) => 0xd5200000 | (encoding << 5) | register;

    public static uint Msr(uint encoding, uint register) => 0xd5000000 | (encoding << 5) | register;

    /// <summary>SYS: TLBI, AT, DC and IC.</summary>
    public static uint Sys(SystemInstruction instruction, uint register) =>
        0xd5080000 | (instruction.Op1 << 16) | (instruction.CRn << 12) | (instruction.CRm << 8) | (instruction.Op2 << 5) | register;

    public static uint Svc(uint immediate) => 0xd4000001 | (immediate << 5);

    public static uint Hvc(uint immediate) => 0xd4000002 | (immediate << 5);

    public static uint Smc(uint immediate) => 0xd4000003 | (immediate << 5);

    public static uint Brk(uint immediate) => 0xd4200000 | (immediate << 5);

    /// <summary>ADR with a distance in bytes.</summary>
    public static uint Adr(uint register, int distance) =>
        0x10000000 | ((uint)(distance & 3) << 29) | (((uint)(distance >> 2) & 0x7ffff) << 5) | register;
}
