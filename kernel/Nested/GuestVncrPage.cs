// The page that a guest hypervisor keeps for its own guest hypervisor's EL2 registers (its VNCR_EL2, Arm ARM D8.11). Hardware
// reads and writes it at an address of our EL2, so what the guest hypervisor wrote, an address of its EL2, is translated here
// and shown in a window of the vCPU's own. The window is like an entry of a TLB: filled when an access first misses, emptied by
// TLB maintenance of the guest hypervisor's own regime, on every CPU at once.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>VNCR_EL2 while a guest hypervisor's guest runs under FEAT_NV2.</summary>
public static unsafe class GuestVncrPage
{
    /// <summary>Beyond Nestor's own translation: an access ends in an exception to Nestor.</summary>
    private const ulong Unmapped = 1UL << 48;

    private const ulong Redirected = Hcr.NV | Hcr.NV2;
    private const ulong FaultMask = 0x3f;
    private const ulong ExternalAbort = 0x10;
    private const ulong Write = 1UL << 6;

    /// <summary>
    /// The value for hardware's VNCR_EL2 in the context of a loaded vCPU. Virtual EL2 writes HCR_EL2 in its own page without a trap.
    /// Where Nestor must know of a change at once, the page is read-only, and RedirectedWriteTrap emulates each write.
    /// </summary>
    public static ulong ForHardware(VirtualCpu* vcpu)
    {
        if (!vcpu->IsNested || (vcpu->HCR_EL2 & Redirected) != Redirected)
        {
            ulong page = (ulong)vcpu - VirtualCpu.VncrPageSize;
            return vcpu->Context != Context.El1 && (vcpu->IsE2hOpen || SelfHostedDebug.IsArmed(vcpu->MDSCR_EL1)) ? Mmu.ReadOnlyView(page) : page;
        }

        return vcpu->WindowFor == vcpu->VNCR_EL2 ? Mmu.Window(vcpu->Window) : Unmapped;
    }

    /// <summary>An access to the page that hardware could not make: it is made again, or is the guest hypervisor's fault to see.</summary>
    internal static TrapResult Fault(VirtualCpu* vcpu, ulong syndrome)
    {
        ulong offset = SystemRegisters.FAR_EL2 & (VirtualCpu.VncrPageSize - 1);
        ContextSwitch.To(vcpu, ContextSwitch.HypervisorContext(vcpu));
        bool isFilled = TryFill(vcpu, (syndrome & Write) != 0, out ulong fault);
        ContextSwitch.To(vcpu, Context.El1);
        if (!isFilled)
        {
            Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, (syndrome & ~FaultMask) | fault, vcpu->VNCR_EL2 + offset);
        }

        return TrapResult.Resume;
    }

    /// <summary>The guest hypervisor has changed its EL2 translation: nobody in the VM keeps a page from before.</summary>
    public static void Forget(VirtualMachine* machine)
    {
        if (machine->UsesWindows == 0)
        {
            return;
        }

        Interlocked.Add(ref machine->WindowEpoch, 1);
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            Mmu.ClearWindow(VirtualMachine.Vcpu(machine, i)->Window);
        }
    }

    // In the context of virtual EL2, whose stage 1 tables hardware walks. The fault status 0 is an address size fault at level 0.
    private static bool TryFill(VirtualCpu* vcpu, bool write, out ulong fault)
    {
        const ulong Failed = 1;
        const ulong AddressMask = 0xf_ffff_ffff_f000;
        VirtualMachine* machine = vcpu->Machine;
        Interlocked.Exchange(ref machine->UsesWindows, 1);
        int epoch = Interlocked.Add(ref machine->WindowEpoch, 0);
        ulong saved = SystemRegisters.PAR_EL1;
        bool isWritable = true;
        ulong result = Translate(vcpu->VNCR_EL2, write: true);
        if ((result & Failed) != 0 && !write)
        {
            isWritable = false;
            result = Translate(vcpu->VNCR_EL2, write: false);
        }

        SystemRegisters.PAR_EL1 = saved;
        if ((result & Failed) != 0)
        {
            fault = result >> 1 & FaultMask;
            return false;
        }

        byte* page = VirtualMachine.Memory(machine, new Ipa(result & AddressMask), VirtualCpu.VncrPageSize);
        if (page == null)
        {
            fault = ExternalAbort;
            return false;
        }

        Mmu.SetWindow(vcpu->Window, (ulong)page, isWritable);
        vcpu->WindowFor = vcpu->VNCR_EL2;
        if (Interlocked.Add(ref machine->WindowEpoch, 0) != epoch)
        {
            // The tables changed meanwhile: the access misses again, and what it finds then is not older.
            Mmu.ClearWindow(vcpu->Window);
        }

        fault = 0;
        return true;
    }

    private static ulong Translate(ulong address, bool write)
    {
        if (write)
        {
            Instructions.AtS1e1w(address);
        }
        else
        {
            Instructions.AtS1e1r(address);
        }

        Instructions.Isb();
        return SystemRegisters.PAR_EL1;
    }
}
