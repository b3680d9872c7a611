defmodule Tide do
end
