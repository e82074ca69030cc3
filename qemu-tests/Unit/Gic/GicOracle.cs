// The interrupt controller once more, as the architecture's state machine of a single interrupt (IHI 0069, 4.1) written
// out as plainly as possible: no list registers, no words of bits, no kicks. The model must be indistinguishable from it.

using System.Collections.Generic;

namespace Nestor.Tests.Unit.Gic;

/// <summary>A GICv3 where every interrupt is an object and the best one is found by looking at all.</summary>
internal sealed class GicOracle
{
    // Acknowledged, not yet ended: with the priority of that moment, for an interrupt may come again at another.
    private readonly List<(Interrupt Interrupt, uint Priority)>[] _running;

    /// <summary>Interrupts of all vCPUs; a private one exists once per vCPU.</summary>
    public List<Interrupt> All { get; } = [];

    public bool Group0 { get; set; }

    public bool Group1 { get; set; }

    public GicOracle(uint vcpus)
    {
        _running = new List<(Interrupt, uint)>[vcpus];
        for (uint vcpu = 0; vcpu < vcpus; vcpu++)
        {
            _running[vcpu] = [];
            for (uint intId = 0; intId < 32; intId++)
            {
                All.Add(new Interrupt { IntId = intId, Target = vcpu, Edge = intId < 16 });
            }
        }

        for (uint intId = 32; intId < 128; intId++)
        {
            All.Add(new Interrupt { IntId = intId });
        }
    }

    public Interrupt Get(uint vcpu, uint intId) =>
        All.Find(candidate => candidate.IntId == intId && (intId >= 32 || candidate.Target == vcpu))!;

    /// <summary>The interrupt that the vCPU's CPU interface signals, or null.</summary>
    public Interrupt? Signalled(uint vcpu, bool ignoreRunning = false)
    {
        Interrupt? best = null;
        uint limit = ignoreRunning || _running[vcpu].Count == 0 ? 0x100 : _running[vcpu][^1].Priority;
        foreach (Interrupt candidate in All)
        {
            bool eligible = candidate.Target == vcpu && candidate.Pending && candidate.Enabled && !candidate.Active
                && (candidate.InGroup1 ? Group1 : Group0) && candidate.Priority < limit;
            if (eligible && (best is null || (candidate.Priority, candidate.IntId).CompareTo((best.Priority, best.IntId)) < 0))
            {
                best = candidate;
            }
        }

        return best;
    }

    public Interrupt? Acknowledge(uint vcpu)
    {
        Interrupt? interrupt = Signalled(vcpu);
        if (interrupt is not null)
        {
            interrupt.Active = interrupt.IntId < 8192;
            interrupt.Latch = false;
            interrupt.AcknowledgedBy = vcpu;
            _running[vcpu].Add((interrupt, interrupt.Priority));
        }

        return interrupt;
    }

    public Interrupt? End(uint vcpu, bool deactivate)
    {
        if (_running[vcpu].Count == 0)
        {
            return null;
        }

        Interrupt interrupt = _running[vcpu][^1].Interrupt;
        _running[vcpu].RemoveAt(_running[vcpu].Count - 1);
        if (deactivate)
        {
            interrupt.Active = false;
        }

        return interrupt;
    }

    /// <summary>One interrupt.</summary>
    internal sealed class Interrupt
    {
        public uint IntId { get; init; }

        /// <summary>Affinity; for a private interrupt its vCPU.</summary>
        public uint Target { get; set; }

        public bool Enabled { get; set; }

        public bool InGroup1 { get; set; }

        public bool Edge { get; set; }

        public bool Line { get; private set; }

        public bool Latch { get; set; }

        public bool Active { get; set; }

        public uint Priority { get; set; }

        /// <summary>Where it became active, null if a register write made it so.</summary>
        public uint? AcknowledgedBy { get; set; }

        public bool Pending => Latch || (Line && !Edge);

        public void SetLine(bool high)
        {
            Latch |= Edge && high && !Line;
            Line = high;
        }
    }
}
