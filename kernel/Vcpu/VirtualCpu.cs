// A virtual CPU: everything that a guest's CPU remembers. The VNCR page is the page in front of this structure, so that
// each register, in the page or not, has one fixed offset from the structure's address (kernel/Generated).

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of one vCPU. Belongs to the CPU that runs it; others only set <see cref="Requests"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public unsafe partial struct VirtualCpu
{
    /// <summary>Bytes of the structure; the VNCR page in front of it takes another 4096.</summary>
    public const int Size = 4096;

    /// <summary>Bytes of the VNCR page.</summary>
    public const int VncrPageSize = 4096;

    /// <summary>Offset of <see cref="Exits"/>.</summary>
    public const int ExitsOffset = 2560;

    // boot/Vectors.S knows the offsets down to HostStack.

    /// <summary>x0 to x30. Behind them, where x31 would be, is a place for what is written to XZR.</summary>
    [FieldOffset(0)] public fixed ulong X[31];

    /// <summary>Where the guest goes on: ELR_EL2 of the machine.</summary>
    [FieldOffset(256)] public ulong Pc;

    /// <summary>Its PSTATE: SPSR_EL2 of the machine. Virtual EL2 shows as EL1 here.</summary>
    [FieldOffset(264)] public ulong Pstate;

    /// <summary>Top of the stack of the CPU that runs it.</summary>
    [FieldOffset(272)] public ulong HostStack;

    /// <summary>Bits of <see cref="Request"/>; set with atomics by anybody, taken by the owner.</summary>
    [FieldOffset(280)] public uint Requests;

    [FieldOffset(288)] public VirtualMachine* Machine;

    /// <summary>The CPU that runs it; fixed for its life.</summary>
    [FieldOffset(296)] public PerCpu* Cpu;

    /// <summary>Its number in its VM, and its affinity.</summary>
    [FieldOffset(304)] public uint Index;

    [FieldOffset(308)] public RunState State;

    /// <summary>Its MPIDR_EL1: the number, and bit 31, which is RES1.</summary>
    public readonly ulong Affinity => Index | (1UL << 31);

    /// <summary>HCR_EL2.NV2 is used.</summary>
    [FieldOffset(312)] public bool MemoryRedirection;

    /// <summary>Another vCPU of its VM runs on the same CPU.</summary>
    [FieldOffset(313)] public bool HasSibling;

    /// <summary>Timers whose interrupt line is up, a bit each: see VirtualTimers.</summary>
    [FieldOffset(316)] public uint TimerLines;

    /// <summary>PSCI CPU_ON's entry point and context.</summary>
    [FieldOffset(320)] public ulong StartEntry;

    [FieldOffset(328)] public ulong StartContext;

    /// <summary>The last illegal exception return of virtual EL2: when it was, 0 if there was none, where, and SPSR_EL2.</summary>
    [FieldOffset(336)] public ulong IllegalReturnTime;

    [FieldOffset(368)] public ulong IllegalReturnPc;

    [FieldOffset(376)] public ulong IllegalReturnSpsr;

    /// <summary>State of the virtual CPU interface while it is not loaded.</summary>
    [FieldOffset(344)] public ulong GicVmcr;

    [FieldOffset(352)] public ulong GicActive0;

    [FieldOffset(360)] public ulong GicActive1;

    /// <summary>SVCR while it is not loaded.</summary>
    [FieldOffset(384)] public ulong StreamingControl;

    /// <summary>The shadow stage 2 that it is loaded with; null when it runs on its VM's own.</summary>
    [FieldOffset(392)] public Shadow* Shadow;

    /// <summary>A guest hypervisor's guest is loaded: its exits may be the guest hypervisor's.</summary>
    [FieldOffset(400)] public bool IsNested;

    /// <summary>The list registers are the guest hypervisor's guest's.</summary>
    [FieldOffset(401)] public bool HasNestedInterrupts;

    /// <summary>The level of the guest hypervisor's maintenance interrupt.</summary>
    [FieldOffset(402)] public bool MaintenanceLine;

    /// <summary>Result of the last walk of the guest hypervisor's stage 2.</summary>
    [FieldOffset(408)] public Stage2WalkResult Walk;

    /// <summary>CNTHCTL_EL2 for its context, while no timer's line is up.</summary>
    [FieldOffset(448)] public ulong CounterControls;

    /// <summary>Which window of Nestor's address space is its own, for GuestVncrPage.</summary>
    [FieldOffset(456)] public uint Window;

    /// <summary>The VNCR_EL2 of its guest hypervisor that the window was filled for; an odd number for none.</summary>
    [FieldOffset(464)] public ulong WindowFor;

    /// <summary>1 from an accepted PSCI CPU_ON until the vCPU runs.</summary>
    [FieldOffset(440)] public int StartClaim;

    /// <summary>Who keeps it from running, and whether it is out of its CPU: see <see cref="VcpuHold"/>.</summary>
    [FieldOffset(444)] public uint Hold;

    /// <summary>MDCR_EL2 bits while it is debugged from outside, else 0.</summary>
    [FieldOffset(472)] public ulong DebugControls;

    /// <summary>Its debugger's state; null while it never had one.</summary>
    [FieldOffset(480)] public DebugState* Debug;

    /// <summary>1 while it makes a step that no interrupt may come into, else 0: ICH_HCR_EL2.En is clear then.</summary>
    [FieldOffset(488)] public uint InterruptsRest;

    /// <summary>Its own address, and in the lowest byte, which that leaves clear, <see cref="Context"/>: as a record of the trace has it.</summary>
    [FieldOffset(496)] public ulong SelfAndContext;

    /// <summary>Whose registers are loaded.</summary>
    [FieldOffset(496)] public Context Context;

    /// <summary>While it is loaded, the newest record of its CPU's trace: see <see cref="TraceRing"/>.</summary>
    [FieldOffset(504)] public TraceRecord* NewestTrace;

    /// <summary>What its VM's counter lags behind the machine's: 0, but for a VM that was restored.</summary>
    [FieldOffset(512)] public ulong CounterOffset;

    /// <summary>The guest has enabled a breakpoint or a watchpoint: see SelfHostedDebug.</summary>
    [FieldOffset(520)] public bool HasPoints;

    /// <summary>OSLSR_EL1.OSLK while it is not loaded.</summary>
    [FieldOffset(521)] public bool IsOsLocked;

    /// <summary>
    /// The guest hypervisor has neither run a VM (stage 2 on) nor an EL0 of its own (E2H and TGE) since reset, so it may still change
    /// HCR_EL2.E2H and use EL1's names at once. Its redirected writes trap until then: see GuestVncrPage.
    /// </summary>
    [FieldOffset(522)] public bool IsE2hOpen;

    /// <summary>What it keeps of VirtualMachine.Unshadowed for running its guest without stage 2.</summary>
    [FieldOffset(528)] public uint UnshadowedSlot;

    /// <summary>Hardware has SCTLR_EL1.SPAN set although the guest hypervisor's SCTLR_EL2.SPAN may be clear: see <see cref="PanOnEntry"/>.</summary>
    [FieldOffset(536)] public bool HidesSpan;

    /// <summary>Its debug claim tags, DBGCLAIMCLR_EL1, while it is not loaded.</summary>
    [FieldOffset(544)] public ulong DebugClaim;

    // 1024 to 2047: registers without a place in the VNCR page, laid out by the generator.

    /// <summary>The list registers, between reading them from hardware and writing them back.</summary>
    [FieldOffset(2048)] public ListRegisters ListRegisters;

    /// <summary>Exits so far, by exception class; the last is for interrupts.</summary>
    [FieldOffset(ExitsOffset)] public fixed ulong Exits[TraceRing.Classes];
}
