using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>One exit of a guest. Fixed and binary: <see cref="TraceRing"/> has the writer, tools may have other readers.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TraceRecord
{
    /// <summary>The vCPU's address, which guest it was, and its <see cref="Context"/> in the two low bits; 0: unused.</summary>
    public ulong VcpuAndContext;

    /// <summary>ESR_EL2, perhaps with <see cref="TraceRing.IllegalReturn"/>; for a physical interrupt, <see cref="TraceRing.Interrupt"/>.</summary>
    public ulong Syndrome;

    /// <summary>The guest's PC.</summary>
    public ulong Pc;

    /// <summary>The guest's PSTATE as hardware had it.</summary>
    public ulong Pstate;

    /// <summary>CNTPCT_EL0.</summary>
    public ulong Time;

    /// <summary>
    /// Of an abort, its address: the intermediate physical one where a stage 2 was in it, else the virtual one. Of an illegal
    /// exception return, SPSR_EL2. Of other exits whatever an earlier one left there.
    /// </summary>
    public ulong Detail;

    private readonly ulong _reserved0;
    private readonly ulong _reserved1;
}
