// What the guest may know of the CPU: of each field no more than the table has. A field that a newer CPU adds, and a version of a
// feature that Nestor does not know, stay hidden. Nestor computes these values once. All CPUs are alike, and under another hypervisor each
// read of an ID register traps.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class Identification
{
    private const Register First = Register.MIDR_EL1;

    private static Values s_shown;

    /// <summary>Works out what guests are shown. Once, before the first guest.</summary>
    internal static void Prepare()
    {
        for (Register register = First; register < First + Values.Count; register++)
        {
            ulong limit = RegisterTable.Masks[(int)register];
            *Shown(register) = HasFields(register) ? Least(RegisterBanks.ReadIdentification(register), limit) | RegisterTable.Resets[(int)register] : 0;
        }
    }

    /// <summary>
    /// Whether a register is shown to whoever asks from outside: those from CRm 1 on, which read as zero where a machine has none; below
    /// are names that hang on features, and those whose value is not the machine's.
    /// </summary>
    internal static bool IsOffered(Register register) =>
        (RegisterKind)RegisterTable.Kinds[(int)register] == RegisterKind.Id && Crm(register) != 0;

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Crm(Register register) => (uint)RegisterTable.Encodings[(int)register] >> 3 & 0xf;

    /// <summary>The register as a guest reads it.</summary>
    internal static ulong Read(Register register) => HasFields(register) ? ReadFields(register) : ReadBits(register);

    /// <summary>One whose fields say which features there are (`id` in the table).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ReadFields(Register register) => *Shown(register);

    /// <summary>One of which bits are shown (`idbits` in the table); its value may depend on CSSELR_EL1.</summary>
    internal static ulong ReadBits(Register register) =>
        (RegisterBanks.ReadIdentification(register) & RegisterTable.Masks[(int)register]) | RegisterTable.Resets[(int)register];

    /// <summary>Of each field of 4 bits the smaller value (Arm ARM D19.1.3: a field with a larger value has all of the smaller one).</summary>
    internal static ulong Least(ulong value, ulong limit)
    {
        const ulong LowFields = 0x0f0f_0f0f_0f0f_0f0f;
        return LeastOfLow(value & LowFields, limit & LowFields) | (LeastOfLow(value >> 4 & LowFields, limit >> 4 & LowFields) << 4);
    }

    // Every other field. The bit above a field stays set through the subtraction where the value is not below the limit.
    private static ulong LeastOfLow(ulong value, ulong limit)
    {
        const ulong Above = 0x1010_1010_1010_1010;
        ulong notBelow = ((value | Above) - limit & Above) >> 4;
        ulong takeLimit = (notBelow << 4) - notBelow;
        return (limit & takeLimit) | (value & ~takeLimit);
    }

    // Not inlined, as for Crm.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasFields(Register register) => RegisterTable.Traps[(int)register] == (byte)SysRegTrap.Id;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* Shown(Register register) => ((Values*)Unsafe.AsPointer(ref s_shown))->Value + (register - First);

    private struct Values
    {
        public const int Count = Register.ID_MMFR5_EL1 - First + 1;

        public fixed ulong Value[Count];
    }
}
