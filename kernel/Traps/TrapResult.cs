namespace Nestor.Kernel;

/// <summary>What a trap handler asks for. Only TrapDispatcher acts on it.</summary>
public enum TrapResult : uint
{
    /// <summary>Go on where the PC is.</summary>
    Resume,

    /// <summary>The instruction is done: go on after it.</summary>
    Skip,

    /// <summary>The instruction is done, and was a Load-Exclusive: go on after it.</summary>
    SkipLoadExclusive,

    /// <summary>The instruction is undefined here.</summary>
    Undefined,

    /// <summary>After it, wait for an interrupt.</summary>
    Wait,

    /// <summary>After it, the vCPU is off or its VM has ended: somebody else's turn.</summary>
    Reschedule,

    /// <summary>It cannot be answered: the VM ends with a dump.</summary>
    Crash,
}
