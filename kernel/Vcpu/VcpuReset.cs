// A vCPU as it leaves reset, and as PSCI CPU_ON starts it.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Reset and start of a vCPU.</summary>
public static unsafe class VcpuReset
{
    /// <summary>Puts every register but the vectors to its reset value; <see cref="VectorState.Clear"/> has these. The vCPU must not be loaded.</summary>
    public static void Reset(VirtualCpu* vcpu)
    {
        for (int i = 0; i < 31; i++)
        {
            vcpu->X[i] = 0;
        }

        for (uint i = 0; i < (uint)Register.Count; i++)
        {
            RegisterKind kind = (RegisterKind)RegisterTable.Kinds[(int)i];
            if (kind is not (RegisterKind.Host or RegisterKind.Id))
            {
                *RegisterAccess.Stored(vcpu, (Register)i) = RegisterTable.Resets[(int)i];
            }
        }

        vcpu->VPIDR_EL2 = SystemRegisters.MIDR_EL1;
        vcpu->VMPIDR_EL2 = vcpu->Affinity;
        vcpu->StreamingControl = 0;
        vcpu->WindowFor = ulong.MaxValue;
        vcpu->GicVmcr = 0;
        vcpu->GicActive0 = 0;
        vcpu->GicActive1 = 0;
        vcpu->IllegalReturnTime = 0;
        vcpu->HasPoints = false;
        vcpu->IsOsLocked = true;
        vcpu->DebugClaim = 0;
        vcpu->IsE2hOpen = true;
        bool hypervisor = vcpu->Machine->HasVirtualEl2;
        vcpu->IsNested = false;
        vcpu->Context = hypervisor ? Context.HypervisorNvhe : Context.El1;
        vcpu->Pstate = Pstate.El1h | Pstate.Daif | Pstate.Z;
        vcpu->Pc = 0;
    }

    /// <summary>PSCI CPU_ON, on the CPU that owns the vCPU.</summary>
    public static void Start(VirtualCpu* vcpu)
    {
        if (vcpu->State != RunState.Off)
        {
            Interlocked.Exchange(ref vcpu->StartClaim, 0);
            return;
        }

        if (vcpu->Cpu->Loaded == vcpu)
        {
            ContextSwitch.Unload(vcpu);
        }

        Reset(vcpu);
        VectorState.Clear(vcpu);
        vcpu->Pc = vcpu->StartEntry;
        vcpu->X[0] = vcpu->StartContext;
        vcpu->State = RunState.Ready;
        Interlocked.Exchange(ref vcpu->StartClaim, 0);
    }
}
