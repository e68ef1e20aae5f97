;;; session-eglot.el --- A person in Emacs with eglot types a duplicate and chooses an action  -*- lexical-binding: t -*-

;;   emacs --batch -l session-eglot.el           (no -Q: it hides Debian's elpa-* packages)
;; Written for eglot 1.9; see session-common.el.

(add-to-list 'load-path (file-name-directory load-file-name))
(require 'session-common)
(require 'eglot)
(require 'flymake)

(setq eglot-sync-connect 10             ; blocks until initialize is answered
      eglot-confirm-server-initiated-edits nil
      eglot-events-buffer-size 0
      eglot-send-changes-idle-time 0)

(defun session-send-changes ()
  "What eglot does from an idle timer, which never fires in batch."
  (eglot--signal-textDocument/didChange))

(defun session-type-at-end (text)
  "Type TEXT at the end of the buffer, a line at a time as far as the server is concerned."
  (goto-char (point-max))
  (seq-doseq (char text)
    (insert-char char)
    (when (eq char ?\n)
      (session-send-changes)
      (accept-process-output nil 0)))
  (session-send-changes))

(defun session-diagnostics ()
  (flymake-start)                       ; eglot reports through Flymake alone
  (flymake-diagnostics))

(defun session-choose (title)
  "What \\[eglot-code-actions] does; the user takes the action called TITLE from the menu.
Answers all titles of the menu."
  (let (offered (last-nonmenu-event ?x)) ; no mouse event: the menu is asked for in the minibuffer
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq offered (mapcar #'car items))
                 title)))
      (call-interactively #'eglot-code-actions))
    offered))

(defun session-run ()
  ;; The workspace is no repository, by which Emacs would know its root.
  (setq project-find-functions (list (lambda (_) (cons 'transient (session-get 'workspace)))))
  (setq eglot-server-programs (list (cons 'python-mode (session-get 'command))))
  (find-file (session-get 'file))
  (apply #'eglot (eglot--guess-contact)) ; `eglot-ensure' waits for post-command-hook: not in batch
  (session-type-at-end (session-get 'typed))
  (session-until "a diagnostic is shown" #'session-diagnostics)
  (let* ((diagnostics (session-diagnostics))
         (first (car diagnostics))
         (lsp (alist-get 'eglot-lsp-diag (eglot--diag-data first)))
         offered)
    (goto-char (flymake-diagnostic-beg first))
    (let ((line (1- (line-number-at-pos))) (column (current-column)))
      (setq offered (session-choose (session-get 'action)))
      (session-send-changes)
      (session-until "the diagnostic is gone" (lambda () (null (session-diagnostics))))
      (save-buffer)
      (eglot-shutdown (eglot-current-server))
      (session-report 'line line
                      'column column
                      'message (flymake-diagnostic-text first)
                      'type (format "%s" (flymake-diagnostic-type first))
                      'codes (vector (plist-get lsp :code))
                      'count (length diagnostics)
                      'actions (vconcat offered)))))

(session-main #'session-run #'flymake-diagnostics)

;;; session-eglot.el ends here
