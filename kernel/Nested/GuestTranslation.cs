// Where an address of the guest leads, through the stage 1 that is in force for it and, below a guest hypervisor, through the guest
// hypervisor's stage 2. For what Nestor does on behalf of an instruction: fetch it, or make the part of its access that lies in
// another page. PAR_EL1 is the guest's and stays as it is.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Translation for an emulated instruction. Only for the loaded vCPU, in the context that the instruction ran in.</summary>
internal static unsafe class GuestTranslation
{
    private const ulong Failed = 1;
    private const ulong OfStage2 = 1UL << 9;
    private const ulong AddressMask = 0xf_ffff_ffff_f000;
    private const ulong PageOffset = 0xfff;
    private const uint OnWalk = 1u << 7;                // ISS.S1PTW

    /// <summary>Translates an address.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="form">Which AT instruction, as <see cref="AddressTranslation.Stage1"/> numbers them.</param>
    /// <param name="access">What the guest hypervisor's stage 2 must allow.</param>
    /// <param name="result">Where it leads, or the fault and whose it is.</param>
    internal static bool Translate(VirtualCpu* vcpu, ulong address, uint form, Stage2Access access, GuestTranslationResult* result)
    {
        ulong guest = SystemRegisters.PAR_EL1;
        uint abort = AddressTranslation.Stage1(vcpu, form, address);
        ulong stage1 = SystemRegisters.PAR_EL1;
        SystemRegisters.PAR_EL1 = guest;
        result->IsStage2 = false;
        if (abort != 0)
        {
            result->Fault = abort;
            return false;
        }

        if ((stage1 & Failed) != 0)
        {
            result->IsStage2 = (stage1 & OfStage2) != 0;
            result->Fault = ((uint)(stage1 >> 1) & FaultStatus.Mask) | (result->IsStage2 ? OnWalk : 0);
            result->Output = vcpu->Walk.Output;
            return false;
        }

        result->Output = (stage1 & AddressMask) | (address & PageOffset);
        if (vcpu->Shadow != null)
        {
            if (!GuestStage2Walk.Walk(vcpu, result->Output, access, &vcpu->Walk))
            {
                result->IsStage2 = true;
                result->Fault = vcpu->Walk.Fault;
                return false;
            }

            result->Output = vcpu->Walk.Output;
        }

        return true;
    }

    /// <summary>
    /// The A64 instruction at the PC. False if another CPU has unmapped it meanwhile. The guest then resumes at the PC and takes the fault
    /// itself.
    /// </summary>
    internal static bool Fetch(VirtualCpu* vcpu, out uint instruction)
    {
        // AT S1E1R reads what EL1 may read, which is all that is mapped: PAN, and what EL0 may execute but not read, do not matter.
        const uint ReadAtEl1 = 0;
        GuestTranslationResult result;
        Stage2Access access = (vcpu->Pstate & Pstate.ModeMask) == Pstate.El0t ? Stage2Access.ExecuteAtEl0 : Stage2Access.Execute;
        instruction = 0;
        if (!Translate(vcpu, vcpu->Pc, ReadAtEl1, access, &result) || result.Output >> Stage2.AddressBits != 0)
        {
            return false;
        }

        // By the VM's own stage 2, which has firmware in flash too.
        const ulong Valid = 1;
        int shift;
        ulong entry = *Stage2.Find(vcpu->Machine->Stage2Root, Stage2.AddressBits, result.Output, 12, &shift);
        if ((entry & Valid) == 0)
        {
            return false;
        }

        ulong within = (1UL << shift) - 1;
        instruction = *(uint*)new Pa((entry & AddressMask & ~within) | (result.Output & within & ~3UL)).Pointer;
        return true;
    }
}
