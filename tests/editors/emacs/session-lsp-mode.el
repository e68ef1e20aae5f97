;;; session-lsp-mode.el --- A person in Emacs with lsp-mode types a duplicate and chooses an action  -*- lexical-binding: t -*-

;;   emacs --batch -l session-lsp-mode.el         (no -Q: it hides Debian's elpa-* packages)
;; Written for lsp-mode 8.0; see session-common.el.

(add-to-list 'load-path (file-name-directory load-file-name))
(require 'session-common)
(require 'lsp-mode)
(require 'lsp-diagnostics)

(setq lsp-auto-guess-root t
      lsp-session-file (make-temp-name (expand-file-name "lsp-session-" temporary-file-directory))
      lsp-client-packages nil           ; none but the one below
      lsp-enable-file-watchers nil
      lsp-idle-delay 0.05
      lsp-before-save-edits nil
      lsp-restart 'ignore
      lsp-log-io nil)

;; As in docs/editors.md, but for the command.
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (lambda () (session-get 'command)))
                  :activation-fn (lsp-activate-on "python")
                  :add-on? t
                  :server-id 'canonry))

(defun session-diagnostics ()
  (gethash (buffer-file-name) (lsp-diagnostics)))

(defun session-run ()
  (lsp-workspace-folders-add (directory-file-name (session-get 'workspace)))
  (find-file (session-get 'file))
  (lsp)
  (session-until "the server runs"
                 (lambda () (cl-some (lambda (one) (eq 'initialized (lsp--workspace-status one)))
                                     (lsp-workspaces))))
  (goto-char (point-max))
  (seq-doseq (char (session-get 'typed)) (insert-char char))
  (session-until "a diagnostic is shown" #'session-diagnostics)
  (let* ((diagnostics (session-diagnostics))
         (start (lsp-get (lsp-get (car diagnostics) :range) :start)))
    (goto-char (lsp--position-to-point start))
    (let* ((line (1- (line-number-at-pos)))
           (column (current-column))
           (actions (append (lsp-code-actions-at-point) nil))
           (titles (mapcar (lambda (one) (lsp-get one :title)) actions)))
      (lsp-execute-code-action
       (cl-find (session-get 'action) actions
                :key (lambda (one) (lsp-get one :title)) :test #'equal))
      (session-until "the diagnostic is gone" (lambda () (null (session-diagnostics))))
      (save-buffer)
      (lsp-workspace-shutdown (car (lsp-workspaces)))
      (session-report 'line line
                      'column column
                      'message (lsp-get (car diagnostics) :message)
                      'type (lsp-get (car diagnostics) :severity)
                      'codes (vector (lsp-get (car diagnostics) :code))
                      'count (length diagnostics)
                      'actions (vconcat titles)))))

(session-main #'session-run #'session-diagnostics)

;;; session-lsp-mode.el ends here
