// A build that cannot go on: one line for the user, no stack trace.

namespace Nestor.Tools.Build;

/// <summary>The build failed for a reason that the message says.</summary>
public sealed class BuildException(string message) : Exception(message);
