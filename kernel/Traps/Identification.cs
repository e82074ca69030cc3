// What the guest may know of the CPU: the machine's own value, less what Nestor does not offer (the table's masks say
// what, and why stands beside them).

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class Identification
{
    /// <summary>
    /// Whether a register is shown to whoever asks from outside: those from CRm 1 on, which read as zero where a machine has none; below
    /// are names that hang on features, and those whose value is not the machine's.
    /// </summary>
    internal static bool IsOffered(Register register) =>
        (RegisterKind)RegisterTable.Kinds[(int)register] == RegisterKind.Id && Crm(register) != 0;

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Crm(Register register) => (uint)RegisterTable.Encodings[(int)register] >> 3 & 0xf;

    internal static ulong Read(Register register)
    {
        ulong value = (RegisterBanks.ReadIdentification(register) & RegisterTable.Masks[(int)register]) | RegisterTable.Resets[(int)register];
        return register == Register.ID_AA64MMFR0_EL1 ? LimitRange(value) : value;
    }

    // PARange: as many bits as the walk of a guest hypervisor's tables knows.
    private static ulong LimitRange(ulong value)
    {
        const ulong RangeMask = 0xf;
        const ulong FortyEight = 5;
        return (value & RangeMask) > FortyEight ? (value & ~RangeMask) | FortyEight : value;
    }
}
