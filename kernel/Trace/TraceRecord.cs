using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>One exit of a guest. Fixed and binary: <see cref="TraceRing"/> has the writer, tools may have other readers.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TraceRecord
{
    /// <summary>The vCPU's address, which guest it was, and its <see cref="Context"/> in the two low bits; 0: unused.</summary>
    public ulong VcpuAndContext;

    /// <summary>ESR_EL2; for a physical interrupt, <see cref="TraceRing.Interrupt"/>.</summary>
    public ulong Syndrome;

    /// <summary>The guest's PC.</summary>
    public ulong Pc;

    /// <summary>The guest's PSTATE as hardware had it.</summary>
    public ulong Pstate;

    /// <summary>CNTPCT_EL0.</summary>
    public ulong Time;

    private readonly ulong _reserved0;
    private readonly ulong _reserved1;
    private readonly ulong _reserved2;
}
