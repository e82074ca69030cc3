namespace Nestor.Kernel;

/// <summary>What a key did to the line.</summary>
public enum EditorAnswer
{
    /// <summary>Nothing that can be seen.</summary>
    Nothing,

    /// <summary>The byte was added at the end: it may be written as it is.</summary>
    Echo,

    /// <summary>The line is another one: it must be written anew.</summary>
    Redraw,

    /// <summary>The line is complete.</summary>
    Enter,

    /// <summary>A completion is wanted at the cursor.</summary>
    Complete,

    /// <summary>The end of the input: Ctrl-D on an empty line.</summary>
    Leave,
}
