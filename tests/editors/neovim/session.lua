-- A person in Neovim: opens a file, types a duplicate, chooses an action from the menu. For Neovim 0.7 and 0.11.
--   nvim --headless -u NONE -i NONE -n -c 'luafile session.lua'
-- The plan (a JSON file) is named by CANONRY_PLAN; what was seen goes to the file it calls `report`. Its `snippet` is
-- what docs/editors.md has for this version, and all that is told of the server.

local plan = vim.fn.json_decode(vim.fn.readfile(os.getenv('CANONRY_PLAN')))
local PATIENCE = 30000

local function until_true(what, probe)
  if not vim.wait(PATIENCE, probe, 20) then
    error('not within ' .. PATIENCE / 1000 .. ' s: ' .. what)
  end
end

local clients = vim.lsp.get_clients or vim.lsp.get_active_clients

local function start()
  vim.cmd('filetype on')
  vim.cmd('luafile ' .. vim.fn.fnameescape(plan.snippet))
  vim.cmd('edit ' .. vim.fn.fnameescape(plan.file))
  until_true('initialize is answered', function()
    local client = clients()[1]
    return client and client.initialized and client.attached_buffers[vim.api.nvim_get_current_buf()]
  end)
end

-- As keys, one after the other, in insert mode; `nt` so that nothing is mapped and no indentation is added.
local function type_at_end(text)
  vim.bo.autoindent = false
  vim.bo.indentexpr = ''
  vim.bo.indentkeys = ''
  vim.bo.textwidth = 0
  vim.api.nvim_feedkeys('Go', 'nt', false)
  local keys = text:gsub('\n$', ''):gsub('\n', '\r')
  vim.api.nvim_feedkeys(keys .. '\27', 'ntx', false)
end

local function codes()
  return vim.tbl_map(function(diagnostic)
    return diagnostic.user_data.lsp.code
  end, vim.diagnostic.get(0))
end

-- vim.lsp.buf.code_action asks the user through this; the user takes the one whose title is wanted.
local function choose(title)
  local offered
  vim.ui.select = function(items, options, answer)
    offered = vim.tbl_map(options.format_item, items)
    for index, item in ipairs(items) do
      if options.format_item(item) == title then
        return answer(item, index)
      end
    end
    answer(nil)
  end
  vim.lsp.buf.code_action()
  until_true('the menu is shown', function()
    return offered ~= nil
  end)
  return offered
end

local function main()
  start()
  type_at_end(plan.typed)
  until_true('a diagnostic is shown', function()
    return vim.tbl_contains(codes(), 'CN001')
  end)
  local diagnostic = vim.diagnostic.get(0)[1]
  local report = {
    line = diagnostic.lnum,
    column = diagnostic.col,
    message = diagnostic.message,
    severity = diagnostic.severity,
    source = diagnostic.source,
    codes = codes(),
    related = diagnostic.user_data.lsp.relatedInformation,
  }

  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  report.actions = choose(plan.action)
  until_true('the diagnostic is gone', function()
    return #vim.diagnostic.get(0) == 0
  end)
  vim.cmd('silent write')

  vim.lsp.stop_client(clients())
  until_true('the client has stopped', function()
    return #clients() == 0
  end)
  vim.fn.writefile({ vim.fn.json_encode(report) }, plan.report)
  vim.cmd('qall!')
end

local ok, problem = pcall(main)
if not ok then
  io.stderr:write('FAIL: ' .. tostring(problem) .. '\n')
  io.stderr:write(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n')
  io.stderr:write(vim.inspect(vim.diagnostic.get(0)) .. '\n')
  vim.cmd('cquit 1')
end
