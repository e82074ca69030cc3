// ERETAA and ERETAB authenticate ELR with a key of the guest, in the guest's regime, which is not ours. The generic PACGA
// computes the same function (Arm ARM D8.8.3) and gives its upper half, where every authentication code lies, so the key is
// lent to it for one instruction.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Pointer authentication on behalf of a guest.</summary>
public static unsafe class PointerAuthentication
{
    private const ulong EnableKeyA = 1UL << 31;         // SCTLR_ELx.EnIA
    private const ulong EnableKeyB = 1UL << 30;         // SCTLR_ELx.EnIB
    private const ulong Select = 1UL << 55;
    private const ulong UpperHalf = 0xffff_ffff_0000_0000;
    private const int LongestRange = 16;                // TCR_ELx.TxSZ is taken as at least this without 52-bit addresses,
    private const int ShortestRange = 48;               // and as at most this
    private const ulong FpacClass = (ulong)ExceptionClass.PointerAuthFailure << 26;
    private const uint FpacCombine = 5;                 // ID_AA64ISAR1_EL1.{APA,API}, ID_AA64ISAR2_EL1.APA3

    /// <summary>Authenticates the loaded vCPU's ELR at virtual EL2; the result is in ELR again.</summary>
    /// <returns>False when the exception that a bad signature raises has been delivered instead.</returns>
    public static bool AuthenticateReturn(VirtualCpu* vcpu, bool useKeyB)
    {
        ulong control = SystemRegisters.SCTLR_EL1;
        if ((control & (useKeyB ? EnableKeyB : EnableKeyA)) == 0)
        {
            return true;
        }

        ulong pointer = SystemRegisters.ELR_EL1;
        ulong field = CodeField(pointer);
        ulong original = (pointer & Select) != 0 ? pointer | field : pointer & ~field;
        ulong stack = (vcpu->Pstate & 1) != 0 ? SystemRegisters.SP_EL1 : SystemRegisters.SP_EL0;
        ulong code = Compute(original, stack, useKeyB);
        ulong compared = field & ~Select & UpperHalf;
        ulong result = pointer ^ (code & compared);
        if ((result & compared) != (original & compared) && RaisesException())
        {
            Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, FpacClass | Exceptions.Il | (useKeyB ? 1UL : 0), 0);
            return false;
        }

        SystemRegisters.ELR_EL1 = result;
        return true;
    }

    // The bits above the address, less the tag where TBI ignores it for instructions too.
    private static ulong CodeField(ulong pointer)
    {
        ulong control = SystemRegisters.TCR_EL1;
        bool upper = (pointer & Select) != 0;
        int size = (int)(control >> (upper ? 16 : 0)) & 0x3f;
        bool ignoresTag = (control >> (upper ? 38 : 37) & 1) != 0 && (control >> (upper ? 52 : 51) & 1) == 0;
        int bottom = 64 - (size < LongestRange ? LongestRange : size > ShortestRange ? ShortestRange : size);
        return (ignoresTag ? 0x00ff_ffff_ffff_ffff : ulong.MaxValue) & ~((1UL << bottom) - 1);
    }

    private static ulong Compute(ulong pointer, ulong modifier, bool useKeyB)
    {
        ulong low = SystemRegisters.APGAKeyLo_EL1;
        ulong high = SystemRegisters.APGAKeyHi_EL1;
        SystemRegisters.APGAKeyLo_EL1 = useKeyB ? SystemRegisters.APIBKeyLo_EL1 : SystemRegisters.APIAKeyLo_EL1;
        SystemRegisters.APGAKeyHi_EL1 = useKeyB ? SystemRegisters.APIBKeyHi_EL1 : SystemRegisters.APIAKeyHi_EL1;
        Instructions.Isb();
        ulong code = Instructions.Pacga(pointer, modifier);
        SystemRegisters.APGAKeyLo_EL1 = low;
        SystemRegisters.APGAKeyHi_EL1 = high;
        Instructions.Isb();
        return code;
    }

    private static bool RaisesException()
    {
        ulong features1 = SystemRegisters.ID_AA64ISAR1_EL1;
        ulong features2 = SystemRegisters.ID_AA64ISAR2_EL1;
        return (uint)(features1 >> 4 & 0xf) >= FpacCombine || (uint)(features1 >> 8 & 0xf) >= FpacCombine || (uint)(features2 >> 12 & 0xf) >= FpacCombine;
    }
}
