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

    /// <summary>If the guest had a synchronous exception for it, the address of the vector; 0 if it was answered.</summary>
    public ulong Vector;

    /// <summary>
    /// Of an abort, its address: the intermediate physical one where a stage 2 was in it, else the virtual one. Of an access to a
    /// system register, what was read or written, and of a system instruction its operand; of a call of the firmware the
    /// function; of an exception return where it goes, or SPSR_EL2 if it was illegal. Else, and as long as it is
    /// not known, 0.
    /// </summary>
    public ulong Detail;

    /// <summary>What a device's register was read as, or written with: see <see cref="TraceRing.HasValue"/>.</summary>
    public ulong Value;
}
