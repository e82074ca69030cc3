using System;

namespace Nestor.Kernel;

/// <summary>A command of the monitor: one file, one row of <see cref="CommandTable"/>.</summary>
public unsafe interface IMonitorCommand
{
    /// <summary>The word that is typed.</summary>
    static abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>What may follow it, for help; words in it that begin with a small letter can be completed.</summary>
    static abstract ReadOnlySpan<byte> Arguments { get; }

    /// <summary>What it does, in a line.</summary>
    static abstract ReadOnlySpan<byte> Summary { get; }

    /// <summary>Does it. The first word is the command's name.</summary>
    static abstract void Run(Words* words);
}
