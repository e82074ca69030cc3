// How far somebody has read in a console. Each reader has a bookmark, because what two guests say comes in any order.
namespace Nestor.Tests.Harness;

/// <summary>A place in a transcript; what is looked for is looked for behind it.</summary>
public sealed class Bookmark
{
    private int _position;

    /// <summary>The place itself, for <see cref="Transcript.Find"/> to move.</summary>
    internal ref int Position => ref _position;
}
